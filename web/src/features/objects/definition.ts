// Object types as administrators define them (docs/administration.md), and what of a definition differs from another.

import type { Condition, Label } from "@/api/types";

export const KINDS = [
  "text",
  "long_text",
  "number",
  "money",
  "bool",
  "date",
  "date_time",
  "choice",
  "multi_choice",
  "phone",
  "email",
  "id_number",
  "address",
  "url",
  "reference",
  "user",
  "attachment",
  "lookup",
  "roll_up",
] as const;
export type Kind = (typeof KINDS)[number];
export const MASKS = ["full", "phone", "email", "id_number", "name", "address", "custom"] as const;
export const CLASSES = ["open", "internal", "personal", "sensitive"] as const;
export const SEARCHES = ["none", "exact", "part"] as const;

export type Option = { value: string; label: Label };
export type Work = "sum" | "avg" | "min" | "max";
export type FieldKind = {
  kind: Kind;
  /** Characters of a text, files of an attachment field. */
  max?: number;
  /** Endings of the files that an attachment field takes; any without. */
  types?: string[];
  scale?: number;
  options?: Option[];
  object?: string;
  /** Of a lookup: the reference here, and the field there. */
  through?: string;
  field?: string;
  /** Of a roll-up: the reference there, what is worked out (their number without), and of which records. */
  by?: string;
  value?: { field: string; work: Work };
  when?: Condition;
};
export type Mask = { kind: (typeof MASKS)[number]; head?: number; tail?: number };
export type Field = {
  name: string;
  label: Label;
  type: FieldKind;
  required: boolean;
  unique: boolean;
  class: (typeof CLASSES)[number];
  mask: Mask;
  search: (typeof SEARCHES)[number];
  sorted?: boolean;
  /** Worked out from other fields of the record; never changed. */
  formula?: string;
  /** Written by acts of the house alone. */
  /** The pattern by which records are numbered. */
  numbered?: string;
  kept?: boolean;
  slot?: unknown;
};
export type Definition = {
  name: string;
  label: Label;
  fields: Field[];
  customer_field: string | null;
  title_field: string;
  has_pool: boolean;
  layout?: Layout;
  process?: { approval?: Approval };
  required_if?: RequiredIf[];
  checks?: Check[];
  card?: string[];
};
/** How records are approved (docs/approvals.md). */
export type Approval = {
  status: string;
  guards?: string[];
  needed?: Condition;
  before?: { field: string; values: string[] };
};
export type RequiredIf = { field: string; when: Condition };
export type Comparing = "eq" | "ne" | "lt" | "le" | "gt" | "ge";
export type Must = { hold?: Condition; compare?: { left: string; op: Comparing; right: string } };
export type Check = { field: string; must: Must; message: Label };
export type LayoutSection = { label: Label; columns: number; fields: string[] };
export type LayoutTab = { label: Label; sections: LayoutSection[] };
export type ShownIf = { field: string; when: Condition };
export type Layout = { tabs: LayoutTab[]; shown_if?: ShownIf[] };
export type Versioned = { version: number; object: Definition };

export const isSealed = (of: string) => of === "personal" || of === "sensitive";
/** Looked up or worked out when it is looked at, and stored nowhere. */
export const isLookedUp = (kind: Kind) => kind === "lookup" || kind === "roll_up";
/** The row of a record holds nothing of it. */
export const isBeside = (kind: Kind) => isLookedUp(kind) || kind === "attachment";
/** Values without a clear column cannot be filtered by. */
export const hasColumn = (kind: Kind) => kind !== "long_text" && !isBeside(kind);
/** One value can be put in order and grouped by; several cannot. */
export const isSingle = (kind: Kind) => hasColumn(kind) && kind !== "multi_choice";
/** A field that conditions may test: one of several options of before columns held them has no column. */
export const isTestable = (field: Field) =>
  !isSealed(field.class) && hasColumn(field.type.kind) && (field.type.kind !== "multi_choice" || !!field.slot);
/** Nobody enters it. */
export const isGiven = (field: Field) =>
  field.kept === true || field.formula !== undefined || field.numbered !== undefined || isLookedUp(field.type.kind);
/** Fields that a card shows. */
export const MOST_ON_CARD = 6;

export const COMPARED = ["ge", "gt", "le", "lt", "eq", "ne"] as const;
/** What a field can be compared with: fields of the same word. */
export function comparable(field: Field): string[] {
  const { kind, scale } = field.type;
  if (isSealed(field.class)) return [];
  if (kind === "date" || kind === "date_time") return [kind];
  return kind === "number" || kind === "money" ? [`number ${scale ?? 0}`] : [];
}

/** What a formula can give, and be made of. */
export const isCounted = (kind: Kind) => kind === "number" || kind === "money" || kind === "date";

/** The mask that suits a type. */
export function maskFor(kind: Kind): Mask {
  if (kind === "phone" || kind === "email" || kind === "id_number" || kind === "address") return { kind };
  return { kind: "full" };
}

export function emptyField(): Field {
  return {
    name: "",
    label: { zh: "", en: "" },
    type: { kind: "text", max: 120 },
    required: false,
    unique: false,
    class: "internal",
    mask: { kind: "full" },
    search: "none",
    sorted: false,
  };
}

/** A type with what it needs and nothing of another. */
export function typeOf(kind: Kind, before: FieldKind): FieldKind {
  switch (kind) {
    case "text":
      return { kind, max: before.max ?? 120 };
    case "attachment":
      return { kind, max: 10 };
    case "number":
      return { kind, scale: before.scale ?? 0 };
    case "money":
      return { kind, scale: Math.min(before.scale ?? 2, 4) };
    case "choice":
    case "multi_choice":
      return { kind, options: before.options ?? [] };
    case "reference":
      return { kind, object: before.object ?? "customer" };
    case "lookup":
      return { kind, through: before.through ?? "", field: "" };
    case "roll_up":
      return { kind, object: "", by: "" };
    default:
      return { kind };
  }
}

/** What may be changed of a field that is there, as far as it differs. */
export function patch(before: Field, after: Field): Record<string, unknown> {
  const parts: [string, unknown, unknown][] = [
    ["label", before.label, after.label],
    ["options", before.type.options, after.type.options],
    ["files", filesOf(before), filesOf(after)],
    ["mask", before.mask, after.mask],
    ["class", before.class, after.class],
    ["required", before.required, after.required],
    ["unique", before.unique, after.unique],
    ["search", before.search, after.search],
    ["sorted", before.sorted ?? false, after.sorted ?? false],
    ["numbered", before.numbered ?? null, after.numbered ?? null],
  ];
  return Object.fromEntries(
    parts.filter(([, a, b]) => JSON.stringify(a) !== JSON.stringify(b)).map(([name, , value]) => [name, value]),
  );
}

/** What a field of files takes. */
export const filesOf = ({ type }: Field): { max: number; types: string[] } | undefined =>
  type.kind === "attachment" ? { max: type.max ?? 10, types: type.types ?? [] } : undefined;

/** Puts one field before the place of another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

/** How a number of the pattern looks, for whoever writes it. */
export function sampleNumber(pattern: string, now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const year = String(now.getFullYear());
  return pattern
    .replaceAll("{yyyy}", year)
    .replaceAll("{yy}", year.slice(2))
    .replaceAll("{mm}", two(now.getMonth() + 1))
    .replaceAll("{dd}", two(now.getDate()))
    .replace(/\{(0+)\}/g, (_, zeros: string) => "1".padStart(zeros.length, "0"));
}

/** A layout to begin with: everything that is there, in its order, in one section. */
export function firstLayout(object: Definition, label: Label): Layout {
  return { tabs: [{ label, sections: [{ label, columns: 2, fields: object.fields.map((f) => f.name) }] }] };
}

/** Takes a field out of wherever it stands and puts it into a section, before another field or at the end. */
export function placed(layout: Layout, field: string, tab: number, section: number, before?: string): Layout {
  const tabs = layout.tabs.map((t) => ({
    ...t,
    sections: t.sections.map((s) => ({ ...s, fields: s.fields.filter((f) => f !== field) })),
  }));
  const fields = tabs[tab]?.sections[section]?.fields;
  const at = before === undefined ? -1 : (fields?.indexOf(before) ?? -1);
  fields?.splice(at < 0 ? fields.length : at, 0, field);
  return { ...layout, tabs };
}

/** Fields that no section names: they are shown last. */
export const unplaced = (object: Definition, layout: Layout): Field[] =>
  object.fields.filter((f) => !layout.tabs.some((t) => t.sections.some((s) => s.fields.includes(f.name))));

/** One thing that differs between two versions. */
export type Difference =
  | { what: "label" | "title_field" | "has_pool" | "order" | "layout" | "required_if" | "checks" | "card" }
  | { what: "added" | "removed"; field: Field }
  | { what: "changed"; field: Field; parts: string[] };

export function differences(before: Definition, after: Definition): Difference[] {
  const differs = (a: unknown, b: unknown) => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);
  const found: Difference[] = [];
  for (const what of ["label", "title_field", "has_pool", "layout", "required_if", "checks", "card"] as const)
    if (differs(before[what], after[what])) found.push({ what });
  for (const field of after.fields) {
    const was = before.fields.find((f) => f.name === field.name);
    const parts = was ? Object.keys(patch(was, field)) : [];
    if (!was) found.push({ what: "added", field });
    else if (parts.length > 0) found.push({ what: "changed", field, parts });
  }
  const names = (object: Definition, other: Definition) =>
    object.fields.map((f) => f.name).filter((n) => other.fields.some((f) => f.name === n));
  for (const field of before.fields)
    if (!after.fields.some((f) => f.name === field.name)) found.push({ what: "removed", field });
  if (differs(names(before, after), names(after, before))) found.push({ what: "order" });
  return found;
}
