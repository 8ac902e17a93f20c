// A list's whole question stands in its address, so that it can be sent, kept and gone back to.

import type { Condition, FieldForm, ObjectForm } from "@/api/types";
import { names } from "@/shared/address";
import { isCondition } from "@/shared/filter/tree";
import type { Density } from "@/shared/table/DataTable";
import { MOST_KEYS, type Sort } from "@/shared/table/sort";

export const SCOPES = ["all", "mine", "department", "pool"] as const;
export type Scope = (typeof SCOPES)[number];

export type ListSearch = {
  scope?: Scope;
  q?: string;
  filter?: Condition;
  /** The saved view it was taken from. */
  view?: string;
  /** `-amount,name`, as the API has it. */
  sort?: string;
  /** Names of the columns, in their order. */
  cols?: string[];
  /** With a view: which of them stay, and how high rows are, where it is not as the view has it. */
  pin?: string[];
  rows?: Density;
  create?: boolean;
  /** Laid out as a board, by this choice. */
  board?: string;
  /** Laid out as a calendar, by this date. */
  calendar?: string;
  /** Which month of the calendar, `2026-11`. */
  month?: string;
};

/** Reads an address; what is not understood is left out. */
export function readListSearch(raw: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  if (SCOPES.includes(raw.scope as Scope)) search.scope = raw.scope as Scope;
  // The address holds numbers as such: a phone number to search for is one.
  if (typeof raw.q === "string" || typeof raw.q === "number") search.q = String(raw.q);
  if (isCondition(raw.filter)) search.filter = raw.filter;
  if (typeof raw.sort === "string" && /^-?[a-z][a-z0-9_]*(,-?[a-z][a-z0-9_]*){0,2}$/.test(raw.sort))
    search.sort = raw.sort;
  if (typeof raw.view === "string" && /^[0-9a-f-]{36}$/.test(raw.view)) search.view = raw.view;
  const [cols, pin] = [names(raw.cols), names(raw.pin)];
  if (pin) search.pin = pin;
  if (raw.rows === "compact" || raw.rows === "normal" || raw.rows === "roomy") search.rows = raw.rows;
  if (cols) search.cols = cols;
  if (raw.create === true) search.create = true;
  if (typeof raw.board === "string") search.board = raw.board;
  if (typeof raw.calendar === "string") search.calendar = raw.calendar;
  if (typeof raw.month === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(raw.month)) search.month = raw.month;
  return search;
}

export function readSort(sort: string | undefined): Sort[] {
  if (sort === undefined) return [{ by: "updated_at", direction: "desc" }];
  return sort
    .split(",")
    .slice(0, MOST_KEYS)
    .map((key) => (key.startsWith("-") ? { by: key.slice(1), direction: "desc" } : { by: key, direction: "asc" }));
}

export const writeSort = (keys: readonly Sort[]): string =>
  keys.map(({ by, direction }) => (direction === "desc" ? `-${by}` : by)).join(",");

/** The condition of a scope and a filter together. */
export function conditionOf(search: ListSearch, me: { id: string; department: string }): Condition | undefined {
  const parts: Condition[] = [];
  if (search.scope === "mine") parts.push({ test: { field: "owner", op: "eq", value: me.id } });
  if (search.scope === "department") parts.push({ test: { field: "department", op: "eq", value: me.department } });
  if (search.scope === "pool") parts.push({ test: { field: "pool", op: "eq", value: true } });
  if (search.filter !== undefined) parts.push(search.filter);
  const [only] = parts;
  return parts.length > 1 ? { all: parts } : only;
}

/** The fields a list can be laid out by: choices, but not those that say why a record was closed. */
export const boardFields = (object: ObjectForm): FieldForm[] => {
  const { discard, pipeline } = object.process;
  const why = new Set([discard?.reason, ...(pipeline?.stages ?? []).flatMap((s) => s.required)]);
  return object.fields.filter(
    (f) => f.type.kind === "choice" && f.filterable && !why.has(f.name) && (f.type.options?.length ?? 0) <= 12,
  );
};

/** The dates a list can be laid out by: those that people write first, then those that the house keeps. */
export function calendarFields(object: ObjectForm): FieldForm[] {
  const dates = object.fields.filter((f) => (f.type.kind === "date" || f.type.kind === "date_time") && f.filterable);
  return [...dates.filter((f) => !f.kept), ...dates.filter((f) => f.kept)];
}
