// One card: asks its question, draws the answer, and says over what it was counted.

import { Link } from "@tanstack/react-router";
import { Alert, Empty, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { RecordLink } from "@/shared/fields/FieldText";
import { useColleagues, useDepartmentName } from "@/shared/fields/people";
import { formatNumber } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { type Card, canAsk, conditionOf, conditionOfGroup, type GroupBy, ownGroupLabel, stepOf } from "./board";
import { Bars, Line, type Mark, Table } from "./Charts";
import { useAggregate } from "./useAggregate";

/** What a group is called. */
export function useKeyName(
  object: ObjectForm,
): (group: GroupBy, key: string | null) => { text: string; node: ReactNode } {
  const { t } = useTranslation(["dashboards", "common", "records"]);
  const label = useLabel();
  const { name } = useColleagues();
  const department = useDepartmentName();
  return (group, key) => {
    const plain = (text: string) => ({ text, node: text });
    const type = object.fields.find((f) => f.name === group.field)?.type;
    if (key === null) return plain(t(group.field === "owner" ? "noOwner" : "nothing"));
    if (group.field === "owner" || type?.kind === "user") return plain(name(key) ?? t("records:formerColleague"));
    if (group.field === "department") return plain(department(key) ?? t("nothing"));
    if (type?.kind === "reference")
      return { text: key.slice(0, 8), node: <RecordLink object={type.object ?? ""} id={key} /> };
    if (type?.kind === "bool") return plain(key === "true" ? t("common:yes") : t("common:no"));
    const option = type?.options?.find((o) => o.value === key);
    return plain(option ? label(option.label) : key);
  };
}

export function useFieldLabel(object: ObjectForm): (name: string) => string {
  const label = useLabel();
  return (name) => {
    const found = object.fields.find((f) => f.name === name)?.label ?? ownGroupLabel[name as "owner"];
    return found ? label(found) : name;
  };
}

export function CardView({ card, heading, tools }: { card: Card; heading: string; tools?: ReactNode }) {
  const { t } = useTranslation("dashboards");
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === card.object);
  return (
    <section className={card.wide ? "panel card card-wide" : "panel card"} aria-labelledby={heading}>
      <div className="page-head">
        <h2 id={heading}>{card.title}</h2>
        <div className="grow" />
        {tools}
      </div>
      {canAsk(card, object) ? (
        <Answer card={card} object={object} />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("notYours")} />
      )}
    </section>
  );
}

function Answer({ card, object }: { card: Card; object: ObjectForm }) {
  const { t } = useTranslation("dashboards");
  const label = useLabel();
  const keyName = useKeyName(object);
  const fieldLabel = useFieldLabel(object);
  const filter = conditionOf(card, object);
  const by = card.chart === "number" ? [] : card.by;
  const found = useAggregate(object.name, { by, values: card.value ? [card.value] : [], filter });
  if (found.isPending) return <Skeleton active />;
  if (found.isError) {
    const problem = asProblem(found.error);
    if (problem.errors.some((e) => e.code === "too_many_groups"))
      return <Alert type="info" showIcon title={t("tooMany")} />;
    return <ProblemAlert problem={problem} onRetry={() => void found.refetch()} />;
  }
  const { items } = found.data;
  const scale = card.value ? (object.fields.find((f) => f.name === card.value?.field)?.type.scale ?? 0) : 0;
  const order = (name: string | undefined, key: string | null | undefined) => {
    const options = object.fields.find((f) => f.name === name)?.type.options;
    return options?.findIndex((o) => o.value === key) ?? -1;
  };
  const [first] = by;
  const dated = first !== undefined && stepOf(object, first) !== undefined;
  const staged = first !== undefined && object.fields.find((f) => f.name === first.field)?.type.kind === "choice";
  const marks = items.map((item): Mark & { cells: ReactNode[]; first: string | null } => {
    const names = by.map((group, n) => keyName(group, item.keys[n] ?? null));
    const behind = conditionOfGroup({ ...card, by }, object, item.keys);
    return {
      key: JSON.stringify(item.keys),
      first: item.keys[0] ?? null,
      text: names.map((n) => n.text).join(" · "),
      label: names.map((n, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other identity than its place
        <span key={at}>
          {at > 0 && " · "}
          {n.node}
        </span>
      )),
      cells: names.map((n) => n.node),
      value: card.value ? (item.values[0] ?? 0) : item.count,
      count: item.count,
      list: behind && { object: object.name, filter: behind.condition },
    };
  });
  // Dates and stages have an order of their own; the rest stands by its size.
  if (!dated) {
    marks.sort((a, b) =>
      staged && card.chart !== "table"
        ? order(first?.field, a.first) - order(first?.field, b.first)
        : b.value - a.value,
    );
  }
  const count = items.reduce((sum, item) => sum + item.count, 0);
  const what = card.value ? `${fieldLabel(card.value.field)} · ${t(`work.${card.value.work}`)}` : t("count");
  const foot = <p className="muted card-foot">{t("over", { count, object: label(object.label), what })}</p>;
  if (card.chart === "number") {
    const value = card.value ? (items[0]?.values[0] ?? 0) : count;
    return (
      <>
        <Link
          to="/records/$object"
          params={{ object: object.name }}
          search={filter ? { filter } : {}}
          className="card-number"
          title={t("open")}
        >
          {formatNumber(value, scale, false)}
        </Link>
        {foot}
      </>
    );
  }
  if (marks.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("empty", { object: label(object.label) })}>
        <Link to="/records/$object" params={{ object: object.name }} search={{}}>
          {t("open")}
        </Link>
      </Empty>
    );
  }
  return (
    <>
      {card.chart === "line" ? (
        <Line name={card.title} marks={marks} scale={scale} />
      ) : card.chart === "table" ? (
        <Table
          name={card.title}
          heads={by.map((g) => fieldLabel(g.field))}
          rows={marks}
          scale={scale}
          value={card.value ? what : undefined}
        />
      ) : (
        <Bars name={card.title} marks={marks} scale={scale} funnel={card.chart === "funnel"} />
      )}
      {foot}
    </>
  );
}
