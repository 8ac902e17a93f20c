// A view's look and the list's address: which part of one stands in the other.
//
// The question (scope, filter, sort, layout) is written into the address when a view is opened, so that what the address says is
// what is asked. Columns, which stay, widths and row height are the view's until the address says otherwise.

import type { Condition, ListLook, ListView, ObjectForm } from "@/api/types";
import { BUILT_IN } from "../list/columns";
import type { Kept } from "../list/kept";
import type { ListSearch } from "../list/search";

/** The parts of an address that are a question. */
export const questionOf = (look: ListLook): Partial<ListSearch> => ({
  scope: look.scope === "all" ? undefined : look.scope,
  filter: (look.filter as Condition | null | undefined) ?? undefined,
  sort: look.sort.length > 0 ? look.sort.join(",") : undefined,
  board: look.board ?? undefined,
  calendar: look.calendar ?? undefined,
  q: undefined,
  month: undefined,
  cols: undefined,
  pin: undefined,
  rows: undefined,
});

/** Nothing is asked yet: the list opens with what the person chose. */
export const isBare = (s: ListSearch): boolean =>
  [s.view, s.scope, s.q, s.filter, s.sort, s.cols, s.board, s.calendar].every((part) => part === undefined);

/** Only the view is named, as in a link that somebody wrote by hand. */
export const isOnlyView = (s: ListSearch): boolean => s.view !== undefined && isBare({ ...s, view: undefined });

/** Whether the address is that of the view as it was saved. */
export const asksFor = (search: ListSearch, view: ListView): boolean =>
  search.view === view.id &&
  Object.entries(questionOf(view.look)).every(
    ([part, value]) => JSON.stringify(plain(search[part as keyof ListSearch])) === JSON.stringify(plain(value)),
  );

/** What is chosen for the columns: the address goes before the view, the view before what stays on this device. */
export function layoutOf(search: ListSearch, view: ListView | undefined, kept: Kept, widths: Kept["widths"]): Kept {
  if (view === undefined) return kept;
  const columns = search.cols ?? view.look.columns ?? undefined;
  return {
    ...(columns ? { columns } : {}),
    pinned: search.pin ?? view.look.pinned,
    widths: { ...view.look.widths, ...widths },
    density: search.rows ?? view.look.density,
  };
}

/** What stands before the person, as it would be saved. A searched text is not part of it: it may be a customer's name. */
export function lookOf(object: ObjectForm, search: ListSearch, layout: Kept): ListLook {
  // The device may remember a field that is gone.
  const known = new Set<string>([...object.fields.map((f) => f.name), ...BUILT_IN]);
  const columns = layout.columns?.filter((c) => known.has(c));
  return {
    scope: search.scope ?? "all",
    filter: (search.filter ?? null) as ListLook["filter"],
    sort: search.sort ? search.sort.split(",") : [],
    columns: columns && columns.length > 0 ? columns : null,
    pinned: layout.pinned.filter((c) => known.has(c) && (columns === undefined || columns.includes(c))),
    widths: Object.fromEntries(Object.entries(layout.widths).filter(([c]) => known.has(c))),
    board: search.calendar ? null : (search.board ?? null),
    calendar: search.calendar ?? null,
    density: layout.density,
  };
}

/** The same text for the same look: keys in order, and no difference between a value that is null and one that is not there. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, v]) => v !== null && v !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, plain(v)]));
}

export const isSameLook = (a: ListLook, b: ListLook): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
