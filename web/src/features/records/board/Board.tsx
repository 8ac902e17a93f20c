// A list as a board: one column per option of a choice, records moved by pointer or by key.

import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Condition, FieldForm, ObjectForm, RecordView } from "@/api/types";
import { ConvertDrawer } from "@/features/process/ConvertDrawer";
import { DiscardDialog } from "@/features/process/DiscardDialog";
import { StageDialog } from "@/features/process/StageDialog";
import { useLabel } from "@/i18n";
import { Person } from "@/shared/fields/FieldText";
import { RecordField } from "@/shared/fields/RecordField";
import { isLookedUp } from "@/shared/fields/related";
import { ProblemAlert } from "@/shared/ProblemView";
import { TitleLink } from "../list/columns";
import type { ListSearch } from "../list/search";
import { useList } from "../list/useList";
import "./board.css";

/** The fields of a card: those of the object type's cards, else whose, how much, when. */
const cardFields = (object: ObjectForm): FieldForm[] =>
  object.card.length > 0
    ? object.card.flatMap((name) => object.fields.filter((f) => f.name === name))
    : object.fields.filter(
        (f) =>
          f.name === object.customer_field || (f.filterable && (f.type.kind === "money" || f.type.kind === "date")),
      );

type Moving = { row: RecordView; from: string };
/** What a drop still needs: an act of its own, or values that the stage asks for. */
type Asking =
  | { kind: "convert" | "discard"; row: RecordView }
  | { kind: "stage"; row: RecordView; to: string; missing: FieldForm[] };

export function Board({ object, by, search }: { object: ObjectForm; by: FieldForm; search: ListSearch }) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [moving, setMoving] = useState<Moving>();
  const [asking, setAsking] = useState<Asking>();
  const { convert, discard } = object.process;
  const refresh = () => queries.invalidateQueries({ queryKey: ["list", object.name] });
  const sensors = useSensors(
    // A press that does not move is a press on the link.
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor),
  );
  const options = by.type.options ?? [];
  const name = (value: string) => {
    const option = options.find((o) => o.value === value);
    return option ? label(option.label) : value;
  };
  const title = (row: RecordView) => {
    const value = object.title_field ? row.fields[object.title_field] : undefined;
    return typeof value === "string" ? value : t("untitled");
  };

  const drop = async (event: DragEndEvent) => {
    setMoving(undefined);
    const moved = event.active.data.current as Moving | undefined;
    const to = event.over?.id;
    if (moved === undefined || typeof to !== "string" || to === moved.from) return;
    const { row } = moved;
    for (const [kind, part] of [["convert", convert] as const, ["discard", discard] as const]) {
      if (part?.status === by.name && part.to === to) {
        setAsking({ kind, row });
        return;
      }
    }
    try {
      await api.PATCH("/api/v1/records/{object}/{id}", {
        params: { path: { object: object.name, id: row.id }, header: { "If-Match": `"${row.version}"` } },
        body: { fields: { [by.name]: to } },
      });
      void message.success(t("board.moved", { title: title(row), to: name(to) }));
    } catch (error) {
      const problem = asProblem(error);
      const names = problem.errors
        .filter((e) => e.code === "required_in_stage" || e.code === "required_if")
        .map((e) => e.pointer.split("/").pop());
      const missing = object.fields.filter((f) => names.includes(f.name) && f.level === "editable");
      if (missing.length > 0) setAsking({ kind: "stage", row, to, missing });
      else void message.error(label(problem.help), 6);
    }
    await refresh();
  };
  const closeAsking = () => setAsking(undefined);
  const asked = () => {
    closeAsking();
    void refresh();
  };

  return (
    <DndContext
      sensors={sensors}
      onDragStart={(event) => setMoving(event.active.data.current as Moving)}
      onDragCancel={() => setMoving(undefined)}
      onDragEnd={(event) => void drop(event)}
      accessibility={{
        screenReaderInstructions: { draggable: t("board.instructions") },
        announcements: {
          onDragStart: ({ active }) => t("board.picked", { title: title((active.data.current as Moving).row) }),
          onDragOver: ({ over }) => (over ? t("board.over", { to: name(String(over.id)) }) : ""),
          onDragEnd: ({ over }) => (over ? t("board.over", { to: name(String(over.id)) }) : t("board.cancelled")),
          onDragCancel: () => t("board.cancelled"),
        },
      }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div className="board" role="region" aria-label={label(object.label)} tabIndex={0}>
        {options.map((option) => (
          <Column
            key={option.value}
            object={object}
            by={by}
            search={search}
            value={option.value}
            name={label(option.label)}
          />
        ))}
      </div>
      <DragOverlay>
        {moving && (
          <div className="board-card board-lifted">
            <CardBody object={object} row={moving.row} />
          </div>
        )}
      </DragOverlay>
      {asking?.kind === "convert" && <ConvertWhole object={object} row={asking.row} onClose={closeAsking} />}
      {asking?.kind === "discard" && (
        <DiscardDialog object={object} record={asking.row} onClose={closeAsking} onDone={asked} />
      )}
      {asking?.kind === "stage" && (
        <StageDialog object={object} by={by} {...asking} onClose={closeAsking} onDone={asked} />
      )}
    </DndContext>
  );
}

/** A card holds a few fields; a conversion begins with all that the person may see. */
function ConvertWhole({ object, row, onClose }: { object: ObjectForm; row: RecordView; onClose: () => void }) {
  const whole = useQuery({
    queryKey: ["record", object.name, row.id],
    queryFn: () =>
      data(api.GET("/api/v1/records/{object}/{id}", { params: { path: { object: object.name, id: row.id } } })),
  });
  if (!whole.isSuccess) return null;
  return <ConvertDrawer object={object} record={whole.data as RecordView} onClose={onClose} />;
}

type ColumnProps = { object: ObjectForm; by: FieldForm; search: ListSearch; value: string; name: string };

function Column({ object, by, search, value, name }: ColumnProps) {
  const { t } = useTranslation(["records", "common"]);
  const { setNodeRef, isOver } = useDroppable({ id: value });
  const here: Condition = { test: { field: by.name, op: "eq", value } };
  const filter: Condition = search.filter ? { all: [search.filter, here] } : here;
  const keys = useMemo(() => [...cardFields(object).map((f) => f.name), by.name], [object, by]);
  const list = useList(object, { ...search, filter }, keys, true);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="board-column" data-over={isOver} ref={setNodeRef} aria-label={name}>
      <h2>
        {name} <span className="muted">{list.isSuccess ? `${rows.length}${list.hasNextPage ? "+" : ""}` : ""}</span>
      </h2>
      {list.isPending ? (
        <Skeleton active paragraph={{ rows: 3 }} />
      ) : list.isError && rows.length === 0 ? (
        <ProblemAlert problem={asProblem(list.error)} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("common:none")} />
      ) : (
        <ul>
          {rows.map((row) => (
            <Card key={row.id} object={object} row={row} from={value} movable={row.editable.includes(by.name)} />
          ))}
          {list.hasNextPage && (
            <li>
              <Button block size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t("common:table.loadMore")}
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function Card({ object, row, from, movable }: { object: ObjectForm; row: RecordView; from: string; movable: boolean }) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({
    id: row.id,
    data: { row, from },
    disabled: !movable,
    // The card holds a link, so it is no button itself.
    attributes: { role: "group", roleDescription: "card" },
  });
  return (
    <li>
      <div
        ref={setNodeRef}
        className="board-card"
        data-dragging={isDragging}
        data-movable={movable}
        {...(movable ? { ...attributes, ...listeners } : {})}
      >
        <CardBody object={object} row={row} />
      </div>
    </li>
  );
}

function CardBody({ object, row }: { object: ObjectForm; row: RecordView }) {
  return (
    <>
      <div className="board-title">
        <TitleLink object={object} row={row} />
      </div>
      {cardFields(object)
        .filter((f) => isLookedUp(f) || (f.name in row.fields && row.fields[f.name] !== null))
        .map((field) => (
          <div key={field.name} className="board-line">
            <RecordField object={object} field={field} record={row} />
          </div>
        ))}
      <div className="board-line muted">
        <Person id={row.owner} />
      </div>
    </>
  );
}
