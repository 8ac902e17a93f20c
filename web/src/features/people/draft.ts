// Editing the matrix by its cells. A cell is what several rows add up to, so a change of one splits rows where they say more
// than the cell: what other cells show stays as it was.

import type { MatrixRow, Scope } from "@/api/types";
import { en, zh } from "./words";

export type FieldEntry = { level: string; scope: Scope };

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const isOf = (row: MatrixRow, role: string) =>
  row.effect === "permit" && typeof row.who === "object" && "role" in row.who && row.who.role === role;
const isAbout = (row: MatrixRow, object: string) => row.objects === "any" || row.objects.only.includes(object);
const isPlain = (row: MatrixRow) => row.when.length === 0 && row.valid_from === null && row.valid_until === null;
const isOnly = (row: MatrixRow, object: string) => row.objects !== "any" && same(row.objects.only, [object]);

/** An id that no row has, beginning as wanted. */
export function freeId(rows: readonly MatrixRow[], wanted: string): string {
  const start = wanted.replace(/[^A-Za-z0-9_.-]/g, "_").slice(0, 72);
  const taken = new Set(rows.map((r) => r.id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? start : `${start}.${n}`;
    if (!taken.has(id)) return id;
  }
}

/** What stays of a row when it no longer says something about one object; `rest` is what it goes on saying about it. */
function split(
  rows: readonly MatrixRow[],
  row: MatrixRow,
  object: string,
  rest: MatrixRow["what"] | undefined,
  objects: string[],
) {
  const others = (row.objects === "any" ? objects : row.objects.only).filter((o) => o !== object);
  if (others.length === 0) return rest ? [{ ...row, what: rest }] : [];
  const elsewhere: MatrixRow = { ...row, objects: { only: others } };
  if (!rest) return [elsewhere];
  const here: MatrixRow = { ...row, id: freeId(rows, `${row.id}.${object}`), objects: { only: [object] }, what: rest };
  return [elsewhere, here];
}

function title(scope: Scope): { zh: string; en: string } {
  if (scope.kind === "chosen") return { zh: zh.edit.chosen, en: en.edit.chosen };
  return { zh: zh.scope[scope.kind], en: en.scope[scope.kind] };
}

function added(
  rows: readonly MatrixRow[],
  id: string,
  role: string,
  object: string,
  what: MatrixRow["what"],
  scope: Scope,
): MatrixRow {
  return {
    id: freeId(rows, id),
    effect: "permit",
    who: { role },
    objects: { only: [object] },
    what,
    scope,
    when: [],
    valid_from: null,
    valid_until: null,
    title: title(scope),
  };
}

/** The scopes on which the role's own permits give an operation. */
export function ownScopes(rows: readonly MatrixRow[], role: string, object: string, operation: string): Scope[] {
  const found = rows.filter(
    (r) => isOf(r, role) && isAbout(r, object) && "operations" in r.what && r.what.operations.includes(operation),
  );
  return found.map((r) => r.scope).filter((s, n, all) => all.findIndex((o) => same(o, s)) === n);
}

/** Gives the role an operation on these scopes and no other. */
export function setScopes(
  rows: readonly MatrixRow[],
  role: string,
  object: string,
  operation: string,
  scopes: readonly Scope[],
  objects: string[],
): MatrixRow[] {
  const wanted = (s: Scope) => scopes.some((o) => same(o, s));
  let next = rows.flatMap((row) => {
    if (!isOf(row, role) || !isAbout(row, object) || !("operations" in row.what)) return [row];
    if (!row.what.operations.includes(operation) || wanted(row.scope)) return [row];
    const operations = row.what.operations.filter((o) => o !== operation);
    return split(rows, row, object, operations.length > 0 ? { operations } : undefined, objects);
  });
  for (const scope of scopes) {
    if (ownScopes(next, role, object, operation).some((s) => same(s, scope))) continue;
    const home = next.find(
      (r) => isOf(r, role) && isPlain(r) && isOnly(r, object) && same(r.scope, scope) && "operations" in r.what,
    );
    next =
      home && "operations" in home.what
        ? next.map((r) =>
            r === home && "operations" in r.what
              ? { ...r, what: { operations: [...r.what.operations, operation] } }
              : r,
          )
        : [...next, added(next, `${role}.${object}.${scope.kind}`, role, object, { operations: [operation] }, scope)];
  }
  return next;
}

const classesOf = (row: MatrixRow): string[] =>
  "fields" in row.what && "classes" in row.what.fields.fields ? row.what.fields.fields.classes : [];
const levelOf = (row: MatrixRow): string => ("fields" in row.what ? row.what.fields.level : "");

/** The levels that the role's own permits give on fields of a class. */
export function ownFields(rows: readonly MatrixRow[], role: string, object: string, sensitivity: string): FieldEntry[] {
  return rows
    .filter((r) => isOf(r, role) && isAbout(r, object) && classesOf(r).includes(sensitivity))
    .map((r) => ({ level: levelOf(r), scope: r.scope }))
    .filter((e, n, all) => all.findIndex((o) => same(o, e)) === n);
}

/** Gives the role these levels on fields of a class and no other. */
export function setFields(
  rows: readonly MatrixRow[],
  role: string,
  object: string,
  sensitivity: string,
  entries: readonly FieldEntry[],
  objects: string[],
): MatrixRow[] {
  const wanted = (e: FieldEntry) => entries.some((o) => same(o, e));
  const what = (classes: string[], level: string): MatrixRow["what"] => ({ fields: { fields: { classes }, level } });
  let next = rows.flatMap((row) => {
    const classes = classesOf(row);
    if (!isOf(row, role) || !isAbout(row, object) || !classes.includes(sensitivity)) return [row];
    if (wanted({ level: levelOf(row), scope: row.scope })) return [row];
    const left = classes.filter((c) => c !== sensitivity);
    return split(rows, row, object, left.length > 0 ? what(left, levelOf(row)) : undefined, objects);
  });
  for (const { level, scope } of entries) {
    if (ownFields(next, role, object, sensitivity).some((e) => same(e, { level, scope }))) continue;
    const home = next.find(
      (r) =>
        isOf(r, role) &&
        isPlain(r) &&
        isOnly(r, object) &&
        same(r.scope, scope) &&
        classesOf(r).length > 0 &&
        levelOf(r) === level,
    );
    next = home
      ? next.map((r) => (r === home ? { ...r, what: what([...classesOf(r), sensitivity], level) } : r))
      : [
          ...next,
          added(next, `${role}.${object}.${scope.kind}.${level}`, role, object, what([sensitivity], level), scope),
        ];
  }
  return next;
}

/** A row with its sets in one order, so that two that say the same are equal. */
function ordered(row: MatrixRow): string {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.every((v) => typeof v === "string") ? [...value].sort() : value.map(sort);
    if (value !== null && typeof value === "object")
      return Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [k, sort(v)]),
      );
    return value;
  };
  return JSON.stringify(sort(row));
}

/** How many rows differ. */
export function changes(before: readonly MatrixRow[], after: readonly MatrixRow[]): number {
  const old = new Map(before.map((r) => [r.id, ordered(r)]));
  const now = new Map(after.map((r) => [r.id, ordered(r)]));
  let count = 0;
  for (const [id, text] of now) if (old.get(id) !== text) count++;
  for (const id of old.keys()) if (!now.has(id)) count++;
  return count;
}
