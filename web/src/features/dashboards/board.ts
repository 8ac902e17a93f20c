// Boards 仪表盘 as their records keep them: cards, each a question and how to draw its answer. A board holds no answer; whoever
// opens it asks with their own rights.

import dayjs, { type Dayjs } from "dayjs";
import type { Condition, FieldForm, Label, ObjectForm } from "@/api/types";
import { isCondition } from "@/shared/filter/tree";

export const CHARTS = ["number", "bar", "line", "funnel", "table"] as const;
export type Chart = (typeof CHARTS)[number];
export const STEPS = ["day", "month", "quarter", "year"] as const;
export type Step = (typeof STEPS)[number];
export const WORKS = ["sum", "avg", "min", "max"] as const;
export type Work = (typeof WORKS)[number];
export const SPANS = [
  "this_month",
  "last_month",
  "this_quarter",
  "this_year",
  "last30_days",
  "last90_days",
  "next30_days",
  "next90_days",
  "past",
] as const;
export type Span = (typeof SPANS)[number];

export type GroupBy = { field: string; step?: Step };
export type Card = {
  title: string;
  chart: Chart;
  object: string;
  by: GroupBy[];
  /** The number of records if left out. */
  value?: { field: string; work: Work };
  filter?: Condition;
  period?: { field: string; span: Span };
  wide: boolean;
};
export type Board = { cards: Card[] };

export const MOST_CARDS = 24;

const one = <T extends string>(all: readonly T[], value: unknown): value is T => all.includes(value as T);
type Raw = Record<string, unknown>;
const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null;

function readCard(raw: unknown): Card | undefined {
  if (!isRaw(raw) || typeof raw.title !== "string" || !one(CHARTS, raw.chart) || typeof raw.object !== "string")
    return undefined;
  const by = (Array.isArray(raw.by) ? raw.by : []).flatMap((g): GroupBy[] => {
    if (!isRaw(g) || typeof g.field !== "string") return [];
    return [{ field: g.field, ...(one(STEPS, g.step) ? { step: g.step } : {}) }];
  });
  const { value, period } = raw;
  return {
    title: raw.title,
    chart: raw.chart,
    object: raw.object,
    by: by.slice(0, 2),
    wide: raw.wide === true,
    ...(isRaw(value) && typeof value.field === "string" && one(WORKS, value.work)
      ? { value: { field: value.field, work: value.work } }
      : {}),
    ...(isCondition(raw.filter) ? { filter: raw.filter } : {}),
    ...(isRaw(period) && typeof period.field === "string" && one(SPANS, period.span)
      ? { period: { field: period.field, span: period.span } }
      : {}),
  };
}

/** The cards of a board; nothing where its text cannot be read. */
export function readBoard(text: unknown): Board | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const raw: unknown = JSON.parse(text);
    if (!isRaw(raw) || !Array.isArray(raw.cards)) return undefined;
    const cards = raw.cards.map(readCard);
    return cards.every((c) => c !== undefined) ? { cards: cards as Card[] } : undefined;
  } catch {
    return undefined;
  }
}

export const writeBoard = (board: Board): string => JSON.stringify(board);

const DAY = "YYYY-MM-DD";

const startOfQuarter = (day: Dayjs) => day.month(day.month() - (day.month() % 3)).startOf("month");

/** First and last day of a span; one that is open has none. */
export function daysOf(span: Span, now: Dayjs = dayjs()): { from?: Dayjs; to?: Dayjs } {
  switch (span) {
    case "this_month":
      return { from: now.startOf("month"), to: now.endOf("month") };
    case "last_month": {
      const last = now.startOf("month").subtract(1, "month");
      return { from: last, to: last.endOf("month") };
    }
    case "this_quarter": {
      const from = startOfQuarter(now);
      return { from, to: from.add(2, "month").endOf("month") };
    }
    case "this_year":
      return { from: now.startOf("year"), to: now.endOf("year") };
    case "last30_days":
      return { from: now.subtract(29, "day"), to: now };
    case "last90_days":
      return { from: now.subtract(89, "day"), to: now };
    case "next30_days":
      return { from: now, to: now.add(29, "day") };
    case "next90_days":
      return { from: now, to: now.add(89, "day") };
    case "past":
      return { to: now.subtract(1, "day") };
  }
}

const isTime = (object: ObjectForm | undefined, field: string) =>
  field === "created_at" ||
  field === "updated_at" ||
  object?.fields.find((f) => f.name === field)?.type.kind === "date_time";

/** That a date or time lies between two days, both included. */
export function between(object: ObjectForm | undefined, field: string, from?: Dayjs, to?: Dayjs): Condition[] {
  const time = isTime(object, field);
  const parts: Condition[] = [];
  if (from)
    parts.push({ test: { field, op: "ge", value: time ? from.startOf("day").toISOString() : from.format(DAY) } });
  if (to) {
    const value = time ? to.add(1, "day").startOf("day").toISOString() : to.format(DAY);
    parts.push({ test: { field, op: time ? "lt" : "le", value } });
  }
  return parts;
}

const joined = (parts: Condition[]): Condition | undefined => (parts.length > 1 ? { all: parts } : parts[0]);

/** What a card's records pass today. */
export function conditionOf(card: Card, object: ObjectForm | undefined, now?: Dayjs): Condition | undefined {
  const parts = card.filter ? [card.filter] : [];
  if (card.period) {
    const { from, to } = daysOf(card.period.span, now);
    parts.push(...between(object, card.period.field, from, to));
  }
  return joined(parts);
}

function daysOfKey(key: string, step: Step): [Dayjs, Dayjs] | undefined {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(key);
  const first = quarter ? dayjs(`${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, "0")}-01`) : dayjs(key);
  if (!first.isValid()) return undefined;
  if (step === "day") return [first, first];
  if (step === "quarter") return [first, first.add(2, "month").endOf("month")];
  return [first, first.endOf(step)];
}

/** What the records of one group pass: for the list behind it. Nothing where a list cannot be asked so. */
export function conditionOfGroup(
  card: Card,
  object: ObjectForm,
  keys: readonly (string | null)[],
  now?: Dayjs,
): { condition: Condition | undefined } | undefined {
  const whole = conditionOf(card, object, now);
  const parts = whole ? [whole] : [];
  for (const [n, group] of card.by.entries()) {
    const key = keys[n] ?? null;
    const { field } = group;
    const kind = object.fields.find((f) => f.name === field)?.type.kind;
    if (key === null) {
      if (kind === undefined) return undefined;
      parts.push({ test: { field, op: "is_empty" } });
    } else if (kind === "date" || isTime(object, field)) {
      const days = daysOfKey(key, group.step ?? "month");
      if (!days) return undefined;
      parts.push(...between(object, field, ...days));
    } else parts.push({ test: { field, op: "eq", value: kind === "bool" ? key === "true" : key } });
  }
  return { condition: joined(parts) };
}

export const OWN_GROUPS = ["owner", "department", "created_at", "updated_at"] as const;

/** What records can be grouped by. */
export const groupFields = (object: ObjectForm): FieldForm[] =>
  object.fields.filter((f) => f.filterable && !["number", "money", "multi_choice"].includes(f.type.kind));

/** What can be summed. */
export const valueFields = (object: ObjectForm): FieldForm[] =>
  object.fields.filter((f) => f.filterable && (f.type.kind === "number" || f.type.kind === "money"));

/** What has steps and spans. */
export const isDated = (object: ObjectForm, field: string): boolean =>
  isTime(object, field) || object.fields.find((f) => f.name === field)?.type.kind === "date";

/** A step a card has to be drawn by, so that its groups can be put in order. */
export const stepOf = (object: ObjectForm, group: GroupBy): Step | undefined =>
  isDated(object, group.field) ? (group.step ?? "month") : undefined;

/** Whether the person can ask what the card asks. */
export function canAsk(card: Card, object: ObjectForm | undefined): object is ObjectForm {
  if (object === undefined) return false;
  const known = (field: string) =>
    (OWN_GROUPS as readonly string[]).includes(field) || object.fields.some((f) => f.name === field && f.filterable);
  return (
    card.by.every((g) => known(g.field)) &&
    (card.value === undefined || known(card.value.field)) &&
    (card.period === undefined || known(card.period.field))
  );
}

export const ownGroupLabel: Record<(typeof OWN_GROUPS)[number], Label> = {
  owner: { zh: "负责人", en: "Owner" },
  department: { zh: "部门", en: "Department" },
  created_at: { zh: "创建时间", en: "Created" },
  updated_at: { zh: "更新时间", en: "Updated" },
};
