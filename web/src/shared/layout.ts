// How fields are laid out: in the sections of the object type's layout, or in their order. Pure, so that forms, pages and
// previews agree.

import type { Condition, FieldValue, Label, LayoutForm, Test } from "@/api/types";
import { addressLine } from "./address/address";

type Named = { name: string };
export type Section<F> = { label?: Label; columns: number; fields: F[] };
export type Tab<F> = { label?: Label; sections: Section<F>[] };

const empty = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Whether two values are in order; numbers as numbers, times and dates as they are written. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function passes({ field, op, value }: Test, values: Readonly<Record<string, unknown>>): boolean {
  const own = values[field];
  if (op === "is_empty") return empty(own);
  const has = (option: unknown) => Array.isArray(own) && own.includes(option);
  if (op === "has_none") return Array.isArray(value) && !value.some(has);
  if (empty(own)) return false;
  switch (op) {
    case "is_not_empty":
      return true;
    case "eq":
      return compare(own, value) === 0;
    case "ne":
      return compare(own, value) !== 0;
    case "lt":
      return compare(own, value) < 0;
    case "le":
      return compare(own, value) <= 0;
    case "gt":
      return compare(own, value) > 0;
    case "ge":
      return compare(own, value) >= 0;
    case "in":
      return Array.isArray(value) && value.some((v) => compare(own, v) === 0);
    case "has_any":
      return Array.isArray(value) && value.some(has);
    case "has_all":
      return Array.isArray(value) && value.every(has);
    case "starts_with":
      return addressLine(own).startsWith(String(value));
    case "contains":
      return addressLine(own).includes(String(value));
  }
}

/** As the server understands conditions: a test of a field without a value fails, also under "is not"; but it contains none. */
export function holds(condition: Condition, values: Readonly<Record<string, unknown>>): boolean {
  if ("all" in condition) return condition.all.every((c) => holds(c, values));
  if ("any" in condition) return condition.any.some((c) => holds(c, values));
  if ("not" in condition) return !holds(condition.not, values);
  return passes(condition.test, values);
}

/** The fields as the layout has them; those it does not name come last on its first tab. Nothing is left out but by a condition. */
export function arrange<F extends Named>(
  fields: readonly F[],
  layout: LayoutForm | undefined,
  values: Readonly<Record<string, FieldValue | undefined>>,
): Tab<F>[] {
  const hidden = new Set(
    (layout?.shown_if ?? [])
      .filter((rule) => !holds(rule.when as unknown as Condition, values))
      .map((rule) => rule.field),
  );
  const shown = fields.filter((f) => !hidden.has(f.name));
  if (!layout) return [{ sections: [{ columns: 2, fields: shown }] }];
  const named = new Set(layout.tabs.flatMap((t) => t.sections.flatMap((s) => s.fields)));
  const tabs: Tab<F>[] = layout.tabs.map((tab) => ({
    label: tab.label,
    sections: tab.sections.map((section) => ({
      label: section.label,
      columns: section.columns,
      fields: section.fields.flatMap((name) => shown.filter((f) => f.name === name)),
    })),
  }));
  const rest = shown.filter((f) => !named.has(f.name));
  if (rest.length > 0) tabs[0]?.sections.push({ columns: 2, fields: rest });
  return tabs
    .map((tab) => ({ ...tab, sections: tab.sections.filter((s) => s.fields.length > 0) }))
    .filter((tab) => tab.sections.length > 0);
}
