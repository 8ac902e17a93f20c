// The fields of an object type in the order of its forms: moved by pointer or by the buttons beside them.

import {
  DndContext,
  type DragEndEvent,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { App, Button, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { DownIcon, DragIcon, EditIcon, PlusIcon, UpIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { type Definition, type Field, moved as movedTo } from "./definition";
import { FieldDrawer } from "./FieldDrawer";
import { useChanged } from "./useDefinitions";

type Props = {
  object: Definition;
  may: boolean;
  /** Whether the order shown is not the one kept. */
  moved: boolean;
  onOrder: (order: string[] | undefined) => void;
};

export function FieldList({ object, may, moved, onOrder }: Props) {
  const { t } = useTranslation(["objects", "common"]);
  const { message } = App.useApp();
  const changed = useChanged();
  const [edited, setEdited] = useState<Field | "new">();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const names = object.fields.map((f) => f.name);
  const move = (from: number, to: number) => {
    if (to >= 0 && to < names.length && from !== to) onOrder(movedTo(names, from, to));
  };
  const drop = ({ active, over }: DragEndEvent) => {
    if (over) move(names.indexOf(String(active.id)), names.indexOf(String(over.id)));
  };
  const keep = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const params = { path: { object: object.name } };
      await data(api.PATCH("/api/v1/admin/objects/{object}", { params, body: { order: names } as never }));
      await changed();
      onOrder(undefined);
      void message.success(t("orderKept"));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="roles-part">
      {problem && <ProblemAlert problem={problem} />}
      {may && (
        <Space wrap>
          <Button type="primary" icon={<PlusIcon />} onClick={() => setEdited("new")}>
            {t("field.add")}
          </Button>
          {moved && (
            <>
              <Button loading={busy} onClick={() => void keep()}>
                {t("keepOrder")}
              </Button>
              <Button onClick={() => onOrder(undefined)}>{t("dropOrder")}</Button>
            </>
          )}
        </Space>
      )}
      <DndContext sensors={sensors} onDragEnd={drop} accessibility={{ screenReaderInstructions: { draggable: "" } }}>
        <ol className="panel field-list" aria-label={t("tab.fields")}>
          {object.fields.map((field, n) => (
            <Row
              key={field.name}
              field={field}
              object={object}
              may={may}
              first={n === 0}
              last={n === object.fields.length - 1}
              onUp={() => move(n, n - 1)}
              onDown={() => move(n, n + 1)}
              onEdit={() => setEdited(field)}
            />
          ))}
        </ol>
      </DndContext>
      {edited !== undefined && (
        <FieldDrawer
          object={object}
          field={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  );
}

type RowProps = {
  field: Field;
  object: Definition;
  may: boolean;
  first: boolean;
  last: boolean;
  onUp: () => void;
  onDown: () => void;
  onEdit: () => void;
};

function Row({ field, object, may, first, last, onUp, onDown, onEdit }: RowProps) {
  const { t } = useTranslation("objects");
  const label = useLabel();
  const term = useTerms();
  const drag = useDraggable({ id: field.name, disabled: !may });
  const drop = useDroppable({ id: field.name });
  const name = label(field.label);
  return (
    <li
      ref={drop.setNodeRef}
      data-over={drop.isOver && !drag.isDragging}
      data-moving={drag.isDragging}
      className="field-row"
    >
      {may && (
        // The pointer's handle; keys have the buttons beside it.
        <span ref={drag.setNodeRef} className="field-handle" {...drag.listeners} aria-hidden="true">
          <DragIcon />
        </span>
      )}
      <span className="field-name">
        <strong>{name}</strong> <span className="mono muted">{field.name}</span>
      </span>
      <span className="field-facts">
        <Tag>{t(`kind.${field.type.kind}`)}</Tag>
        <Tag color={field.class === "sensitive" ? "error" : field.class === "personal" ? "warning" : "default"}>
          {term("class", field.class)}
        </Tag>
        {field.name === object.title_field && <Tag>{t("isTitle")}</Tag>}
        {field.name === object.customer_field && <Tag>{t("belongs")}</Tag>}
        {field.formula && <Tag title={field.formula}>{t("field.formula")}</Tag>}
        {field.numbered && <Tag title={field.numbered}>{t("field.numbered")}</Tag>}
        {object.required_if?.some((r) => r.field === field.name) && <Tag>{t("field.requiredIf")}</Tag>}
        {field.required && <Tag>{t("field.required")}</Tag>}
        {field.unique && <Tag>{t("field.unique")}</Tag>}
        {field.sorted && <Tag>{t("field.sorted")}</Tag>}
      </span>
      {may && (
        <span className="field-acts">
          <Button size="small" icon={<UpIcon />} disabled={first} aria-label={t("up", { name })} onClick={onUp} />
          <Button size="small" icon={<DownIcon />} disabled={last} aria-label={t("down", { name })} onClick={onDown} />
          <Button size="small" icon={<EditIcon />} aria-label={t("editField", { name })} onClick={onEdit} />
        </span>
      )}
    </li>
  );
}
