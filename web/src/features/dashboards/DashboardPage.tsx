// One board: its cards, and their arranging by whoever may change it.

import {
  DndContext,
  type DragEndEvent,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Alert, App, Breadcrumb, Button, Drawer, Empty, Form, Input, Result, Skeleton, Space } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { ObjectForm, RecordView } from "@/api/types";
import { SharesTab } from "@/features/records/record/SharesTab";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { DeleteIcon, DownIcon, DragIcon, EditIcon, PlusIcon, UpIcon } from "@/shared/icons";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { Watermark } from "@/shared/Watermark";
import { type Card, MOST_CARDS, readBoard, writeBoard } from "./board";
import { CardDrawer } from "./CardDrawer";
import { CardView } from "./CardView";
import { useBoardObject } from "./DashboardsPage";
import "./dashboards.css";

export function DashboardPage() {
  const { t } = useTranslation("dashboards");
  const { id } = useParams({ from: "/dashboards/$id" });
  const object = useBoardObject();
  const query = useQuery({
    queryKey: ["record", object?.name, id],
    enabled: object !== undefined,
    queryFn: () =>
      data(api.GET("/api/v1/records/{object}/{id}", { params: { path: { object: object?.name ?? "", id } } })),
  });
  if (object === undefined) return <Result status="warning" title={t("none")} />;
  if (query.isPending) {
    return (
      <div className="page" role="status" aria-label={t("title")}>
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <Watermark>
      <Shown key={id} object={object} record={query.data as RecordView} />
    </Watermark>
  );
}

function Shown({ object, record }: { object: ObjectForm; record: RecordView }) {
  const { t } = useTranslation(["dashboards", "common", "records"]);
  const label = useLabel();
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search = useSearch({ from: "/dashboards/$id" });
  const [sharing, setSharing] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const field = object.process.dashboard?.cards ?? "";
  const titleField = object.title_field ?? "name";
  const title = String(record.fields[titleField] ?? t("records:untitled"));
  const board = readBoard(record.fields[field]);
  const path = { object: object.name, id: record.id };
  const mayEdit = object.actions.includes("edit") && record.editable.includes(field);
  const setEditing = (edit: boolean) =>
    void navigate({ to: "/dashboards/$id", params: { id: record.id }, search: edit ? { edit } : {}, replace: true });
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["record", object.name, record.id] }),
      queries.invalidateQueries({ queryKey: ["list", object.name] }),
    ]);
  const save = async (fields: Record<string, string>) => {
    await data(
      api.PATCH("/api/v1/records/{object}/{id}", {
        params: { path, header: { "If-Match": `"${record.version}"` } },
        body: { fields },
      }),
    );
    await refresh();
    void message.success(t("kept"));
  };
  const remove = () =>
    modal.confirm({
      title: t("remove", { title }),
      content: t("removeText"),
      okText: t("common:delete"),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await api.DELETE("/api/v1/records/{object}/{id}", {
            params: { path, header: { "If-Match": `"${record.version}"` } },
          });
          await queries.invalidateQueries({ queryKey: ["list", object.name] });
          await navigate({ to: "/dashboards" });
        } catch (error) {
          void message.error(label(asProblem(error).help), 6);
        }
      },
    });
  const editing = search.edit === true && mayEdit;
  return (
    <div className="page">
      <Breadcrumb items={[{ title: <Link to="/dashboards">{t("title")}</Link> }, { title }]} />
      <div className="page-head">
        <h1>{title}</h1>
        <div className="grow" />
        {!editing && (
          <Space wrap className="no-print">
            {mayEdit && (
              <Button type="primary" onClick={() => setEditing(true)}>
                {t("arrange")}
              </Button>
            )}
            {mayEdit && <Button onClick={() => setRenaming(true)}>{t("rename")}</Button>}
            {object.actions.includes("share") && mayEdit && (
              <Button onClick={() => setSharing(true)}>{t("share")}</Button>
            )}
            {object.actions.includes("delete") && mayEdit && (
              <Button danger onClick={remove}>
                {t("common:delete")}
              </Button>
            )}
          </Space>
        )}
      </div>
      {board === undefined && <Alert type="error" showIcon title={t("unreadable")} />}
      {editing ? (
        <Arrange
          cards={board?.cards ?? []}
          onSave={async (cards) => {
            await save({ [field]: writeBoard({ cards }) });
            setEditing(false);
          }}
          onClose={() => setEditing(false)}
        />
      ) : board && board.cards.length > 0 ? (
        <div className="cards">
          {board.cards.map((card, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a card has no other identity than its place
            <CardView key={n} card={card} heading={`card-${n}`} />
          ))}
        </div>
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noCards")}>
          {mayEdit && (
            <Button type="primary" onClick={() => setEditing(true)}>
              {t("card.add")}
            </Button>
          )}
        </Empty>
      )}
      {sharing && (
        <Drawer open onClose={() => setSharing(false)} title={t("shareTitle")} size="min(520px, 100vw)">
          <p className="muted">{t("shareText")}</p>
          <SharesTab object={object} record={record} />
        </Drawer>
      )}
      {renaming && (
        <FormDialog<{ name: string }>
          title={t("rename")}
          submit={t("common:save")}
          initial={{ name: title }}
          onSubmit={async ({ name }) => {
            await save({ [titleField]: name });
            setRenaming(false);
          }}
          onClose={() => setRenaming(false)}
        >
          <Form.Item
            name="name"
            label={t("name")}
            rules={[{ required: true, whitespace: true, message: t("needName") }]}
          >
            <Input maxLength={80} />
          </Form.Item>
        </FormDialog>
      )}
    </div>
  );
}

function moved<T>(all: T[], from: number, to: number): T[] {
  const next = [...all];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

type ArrangeProps = { cards: Card[]; onSave: (cards: Card[]) => Promise<void>; onClose: () => void };

function Arrange({ cards: before, onSave, onClose }: ArrangeProps) {
  const { t } = useTranslation(["dashboards", "common"]);
  const [cards, setCards] = useState(before);
  const [edited, setEdited] = useState<number | "new">();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const unsaved = useUnsaved();
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const put = (next: Card[]) => {
    setCards(next);
    unsaved.setDirty(writeBoard({ cards: next }) !== writeBoard({ cards: before }));
  };
  const move = (from: number, to: number) => {
    if (to >= 0 && to < cards.length && from !== to) put(moved(cards, from, to));
  };
  const drop = ({ active, over }: DragEndEvent) => {
    if (over) move(Number(active.id), Number(over.id));
  };
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      unsaved.release(true);
      await onSave(cards);
    } catch (error) {
      unsaved.release(false);
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {problem && <ProblemAlert problem={problem} />}
      <Space wrap>
        <Button type="primary" loading={busy} onClick={() => void save()}>
          {t("common:save")}
        </Button>
        <Button onClick={() => void unsaved.close(onClose)}>{t("common:cancel")}</Button>
        <Button icon={<PlusIcon />} disabled={cards.length >= MOST_CARDS} onClick={() => setEdited("new")}>
          {t("card.add")}
        </Button>
      </Space>
      {cards.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noCards")} />}
      <DndContext sensors={sensors} onDragEnd={drop} accessibility={{ screenReaderInstructions: { draggable: "" } }}>
        <div className="cards">
          {cards.map((card, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a card has no other identity than its place
            <Slot key={n} at={n} wide={card.wide}>
              {(handle) => (
                <CardView
                  card={{ ...card, wide: false }}
                  heading={`card-${n}`}
                  tools={
                    <Space size={4}>
                      {handle}
                      <Button
                        size="small"
                        icon={<UpIcon />}
                        disabled={n === 0}
                        aria-label={t("card.earlier", { title: card.title })}
                        onClick={() => move(n, n - 1)}
                      />
                      <Button
                        size="small"
                        icon={<DownIcon />}
                        disabled={n === cards.length - 1}
                        aria-label={t("card.later", { title: card.title })}
                        onClick={() => move(n, n + 1)}
                      />
                      <Button
                        size="small"
                        icon={<EditIcon />}
                        aria-label={t("card.changeIt", { title: card.title })}
                        onClick={() => setEdited(n)}
                      />
                      <Button
                        size="small"
                        icon={<DeleteIcon />}
                        aria-label={t("card.remove", { title: card.title })}
                        onClick={() => put(cards.filter((_, i) => i !== n))}
                      />
                    </Space>
                  }
                />
              )}
            </Slot>
          ))}
        </div>
      </DndContext>
      {edited !== undefined && (
        <CardDrawer
          card={edited === "new" ? undefined : cards[edited]}
          onClose={() => setEdited(undefined)}
          onKeep={(card) => {
            put(edited === "new" ? [...cards, card] : cards.map((c, n) => (n === edited ? card : c)));
            setEdited(undefined);
          }}
        />
      )}
    </>
  );
}

function Slot({ at, wide, children }: { at: number; wide: boolean; children: (handle: ReactNode) => ReactNode }) {
  const drag = useDraggable({ id: String(at) });
  const drop = useDroppable({ id: String(at) });
  const over = drop.isOver && !drag.isDragging;
  const handle = (
    // The pointer's handle; keys have the buttons beside it.
    <span ref={drag.setNodeRef} className="card-grip" {...drag.listeners} aria-hidden="true">
      <DragIcon />
    </span>
  );
  return (
    <div ref={drop.setNodeRef} className={`${wide ? "card-wide" : ""} ${over ? "card-over" : ""}`}>
      {children(handle)}
    </div>
  );
}
