// Tabs and sections of an object type's forms and pages: fields are dragged between them, or sent there by the choice beside them;
// a condition shows a field only while other fields hold certain values.

import {
  DndContext,
  type DragEndEvent,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { Alert, App, Button, Empty, Input, Select, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLabel } from "@/i18n";
import { DeleteIcon, DownIcon, DragIcon, FilterIcon, PlusIcon, UpIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import {
  type Definition,
  type Field,
  firstLayout,
  type Layout,
  type LayoutSection,
  moved,
  placed,
  unplaced,
} from "./definition";
import { ShownIfDialog } from "./ShownIfDialog";
import { useChanged } from "./useDefinitions";

type Props = {
  object: Definition;
  may: boolean;
  /** What is tried out, before it is kept; the preview follows it. */
  layout: Layout | null | undefined;
  onLayout: (layout: Layout | null | undefined) => void;
};

export function LayoutDesigner({ object, may, layout: draft, onLayout }: Props) {
  const { t } = useTranslation(["objects", "common"]);
  const { message } = App.useApp();
  const changed = useChanged();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Field>();
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const layout = draft === undefined ? object.layout : (draft ?? undefined);
  const keep = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const params = { path: { object: object.name } };
      await data(api.PATCH("/api/v1/admin/objects/{object}", { params, body: { layout: draft } as never }));
      await changed();
      onLayout(undefined);
      void message.success(t("layout.kept"));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  if (!layout)
    return (
      <div className="roles-part">
        {problem && <ProblemAlert problem={problem} />}
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("layout.none")}>
          {may && (
            <Space wrap>
              <Button type="primary" onClick={() => onLayout(firstLayout(object, { zh: "基本信息", en: "Details" }))}>
                {t("layout.begin")}
              </Button>
              {draft === null && (
                <>
                  <Button loading={busy} onClick={() => void keep()}>
                    {t("layout.keep")}
                  </Button>
                  <Button onClick={() => onLayout(undefined)}>{t("layout.drop")}</Button>
                </>
              )}
            </Space>
          )}
        </Empty>
      </div>
    );
  const sections = layout.tabs.flatMap((tab, n) => tab.sections.map((section, m) => ({ n, m, section })));
  const place = (field: string, key: string, before?: string) => {
    const [n, m] = key.split(".").map(Number);
    onLayout(placed(layout, field, n ?? 0, m ?? 0, before));
  };
  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || over.id === active.id) return;
    const to = String(over.id);
    if (to.startsWith("section:")) return place(String(active.id), to.slice("section:".length));
    const found = sections.find(({ section }) => section.fields.includes(to));
    if (found) place(String(active.id), `${found.n}.${found.m}`, to);
  };
  const setTabs = (tabs: Layout["tabs"]) => onLayout({ ...layout, tabs });
  const setSection = (n: number, m: number, next: LayoutSection | undefined) =>
    setTabs(
      layout.tabs
        .map((tab, i) =>
          i === n ? { ...tab, sections: tab.sections.flatMap((s, j) => (j === m ? (next ? [next] : []) : [s])) } : tab,
        )
        .filter((tab) => tab.sections.length > 0),
    );
  const fresh = (): LayoutSection => ({ label: { zh: "新分组", en: "New section" }, columns: 2, fields: [] });
  const rest = unplaced(object, layout);
  const rows = (fields: Field[], key: string) =>
    fields.map((field) => (
      <FieldRow
        key={field.name}
        field={field}
        may={may}
        at={key}
        places={sections.map(({ n, m, section }) => ({ key: `${n}.${m}`, label: section.label }))}
        conditional={layout.shown_if?.some((r) => r.field === field.name) ?? false}
        onPlace={(to) => place(field.name, to)}
        onAsk={() => setAsked(field)}
      />
    ));
  return (
    <div className="roles-part">
      {problem && <ProblemAlert problem={problem} />}
      <p className="muted page-text">{t("layout.text")}</p>
      {may && (
        <Space wrap>
          <Button
            icon={<PlusIcon />}
            onClick={() =>
              setTabs(
                layout.tabs.map((tab, n) =>
                  n === layout.tabs.length - 1 ? { ...tab, sections: [...tab.sections, fresh()] } : tab,
                ),
              )
            }
          >
            {t("layout.addSection")}
          </Button>
          <Button
            icon={<PlusIcon />}
            onClick={() => setTabs([...layout.tabs, { label: { zh: "新页签", en: "New tab" }, sections: [fresh()] }])}
          >
            {t("layout.addTab")}
          </Button>
          {draft !== undefined && (
            <>
              <Button type="primary" loading={busy} onClick={() => void keep()}>
                {t("layout.keep")}
              </Button>
              <Button onClick={() => onLayout(undefined)}>{t("layout.drop")}</Button>
            </>
          )}
          <Button danger type="text" onClick={() => onLayout(null)}>
            {t("layout.without")}
          </Button>
        </Space>
      )}
      <DndContext sensors={sensors} onDragEnd={drop} accessibility={{ screenReaderInstructions: { draggable: "" } }}>
        {layout.tabs.map((tab, n) => (
          <section key={`tab-${n.toString()}`} className="layout-tab">
            <div className="layout-head">
              <Tag>{t("layout.tab", { n: n + 1 })}</Tag>
              <Labels
                name={t("layout.tab", { n: n + 1 })}
                value={tab.label}
                may={may}
                onChange={(label) => setTabs(layout.tabs.map((x, i) => (i === n ? { ...x, label } : x)))}
              />
            </div>
            {tab.sections.map((section, m) => (
              <SectionBox
                key={`section-${n.toString()}-${m.toString()}`}
                id={`${n}.${m}`}
                section={section}
                may={may}
                first={m === 0}
                last={m === tab.sections.length - 1}
                onChange={(next) => setSection(n, m, next)}
                onMove={(by) =>
                  setTabs(layout.tabs.map((x, i) => (i === n ? { ...x, sections: moved(x.sections, m, m + by) } : x)))
                }
              >
                {rows(
                  section.fields.flatMap((name) => object.fields.filter((f) => f.name === name)),
                  `${n}.${m}`,
                )}
              </SectionBox>
            ))}
          </section>
        ))}
        {rest.length > 0 && (
          <section className="layout-tab">
            <Alert type="info" showIcon title={t("layout.rest")} />
            <ol className="panel field-list" aria-label={t("layout.rest")}>
              {rows(rest, "")}
            </ol>
          </section>
        )}
      </DndContext>
      {asked && (
        <ShownIfDialog
          object={object}
          field={asked}
          value={layout.shown_if?.find((r) => r.field === asked.name)?.when}
          onClose={() => setAsked(undefined)}
          onChange={(when) => {
            const others = (layout.shown_if ?? []).filter((r) => r.field !== asked.name);
            onLayout({ ...layout, shown_if: when ? [...others, { field: asked.name, when }] : others });
            setAsked(undefined);
          }}
        />
      )}
    </div>
  );
}

type LabelsProps = {
  name: string;
  value: LayoutSection["label"];
  may: boolean;
  onChange: (l: LayoutSection["label"]) => void;
};

function Labels({ name, value, may, onChange }: LabelsProps) {
  const { t } = useTranslation("objects");
  return (
    <Space.Compact className="layout-labels">
      {(["zh", "en"] as const).map((language) => (
        <Input
          key={language}
          disabled={!may}
          maxLength={60}
          status={value[language].trim() === "" ? "error" : ""}
          aria-label={t(language === "zh" ? "layout.nameZh" : "layout.nameEn", { name })}
          value={value[language]}
          onChange={(e) => onChange({ ...value, [language]: e.target.value })}
        />
      ))}
    </Space.Compact>
  );
}

type SectionProps = {
  id: string;
  section: LayoutSection;
  may: boolean;
  first: boolean;
  last: boolean;
  onChange: (next: LayoutSection | undefined) => void;
  onMove: (by: number) => void;
  children: React.ReactNode;
};

function SectionBox({ id, section, may, first, last, onChange, onMove, children }: SectionProps) {
  const { t } = useTranslation("objects");
  const label = useLabel();
  const drop = useDroppable({ id: `section:${id}` });
  const name = label(section.label);
  return (
    <div ref={drop.setNodeRef} className="panel layout-section" data-over={drop.isOver}>
      <div className="layout-head">
        <Labels
          name={name}
          value={section.label}
          may={may}
          onChange={(next) => onChange({ ...section, label: next })}
        />
        <Select
          disabled={!may}
          aria-label={t("layout.columns", { name })}
          value={section.columns}
          onChange={(columns) => onChange({ ...section, columns })}
          options={[1, 2, 3].map((n) => ({ value: n, label: t("layout.columnsOf", { n }) }))}
        />
        {may && (
          <span className="field-acts">
            <Button
              size="small"
              icon={<UpIcon />}
              disabled={first}
              aria-label={t("up", { name })}
              onClick={() => onMove(-1)}
            />
            <Button
              size="small"
              icon={<DownIcon />}
              disabled={last}
              aria-label={t("down", { name })}
              onClick={() => onMove(1)}
            />
            <Button
              size="small"
              danger
              icon={<DeleteIcon />}
              aria-label={t("layout.removeSection", { name })}
              onClick={() => onChange(undefined)}
            />
          </span>
        )}
      </div>
      <ol className="field-list" aria-label={name}>
        {children}
      </ol>
      {section.fields.length === 0 && <p className="muted layout-empty">{t("layout.emptySection")}</p>}
    </div>
  );
}

type RowProps = {
  field: Field;
  may: boolean;
  at: string;
  places: { key: string; label: LayoutSection["label"] }[];
  conditional: boolean;
  onPlace: (to: string) => void;
  onAsk: () => void;
};

function FieldRow({ field, may, at, places, conditional, onPlace, onAsk }: RowProps) {
  const { t } = useTranslation("objects");
  const label = useLabel();
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
        <span ref={drag.setNodeRef} className="field-handle" {...drag.listeners} aria-hidden="true">
          <DragIcon />
        </span>
      )}
      <span className="field-name">
        {name} {field.required && <Tag>{t("field.required")}</Tag>}
        {conditional && <Tag color="processing">{t("layout.conditional")}</Tag>}
      </span>
      {may && (
        <span className="field-acts">
          <Select
            size="small"
            className="layout-place"
            aria-label={t("layout.place", { name })}
            placeholder={t("layout.placeNone")}
            {...(at === "" ? {} : { value: at })}
            onChange={onPlace}
            options={places.map((p) => ({ value: p.key, label: label(p.label) }))}
          />
          <Button
            size="small"
            icon={<FilterIcon />}
            disabled={field.required}
            aria-label={t("layout.when", { name })}
            onClick={onAsk}
          />
        </span>
      )}
    </li>
  );
}
