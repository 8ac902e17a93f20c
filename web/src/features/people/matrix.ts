// The role matrix as a table: what the permits of a role give on an object, operation by operation and class by class.

import type { MatrixRow, Scope } from "@/api/types";

export const OPERATIONS = [
  "list",
  "view",
  "reveal",
  "create",
  "edit",
  "delete",
  "export",
  "import",
  "transfer",
  "claim",
  "break_glass",
  "share",
  "print",
  "attach",
  "download_file",
  "comment",
  "who_looked",
  "erase",
] as const;
export const CLASSES = ["open", "internal", "personal", "sensitive"] as const;
const LEVELS = ["hidden", "masked", "read_only", "editable"];

export type Cell = { scopes: Scope[]; limited: boolean };
export type FieldCell = { level: string; scope: Scope }[];

const isFor = (row: MatrixRow, role: string) =>
  row.who === "everyone" || (typeof row.who === "object" && "role" in row.who && row.who.role === role);
const isAbout = (row: MatrixRow, object: string) => row.objects === "any" || row.objects.only.includes(object);

/** On which records a role has an operation. A forbid that always applies takes it away. */
export function cellOf(rows: MatrixRow[], role: string, object: string, operation: string): Cell {
  const found = rows.filter(
    (row) =>
      isFor(row, role) && isAbout(row, object) && "operations" in row.what && row.what.operations.includes(operation),
  );
  const forbids = found.filter((row) => row.effect === "forbid");
  if (forbids.some((row) => row.when.length === 0 && row.scope.kind === "all")) return { scopes: [], limited: false };
  const permits = found.filter((row) => row.effect === "permit");
  const all = permits.find((row) => row.scope.kind === "all");
  const scopes = (all ? [all] : permits).map((row) => row.scope);
  const limited = permits.length > 0 && (forbids.length > 0 || permits.some((row) => row.when.length > 0));
  return {
    scopes: scopes.filter((s, n) => scopes.findIndex((o) => JSON.stringify(o) === JSON.stringify(s)) === n),
    limited,
  };
}

/** The levels a role has on fields of a class, highest first, each with the records it holds for. */
export function fieldsOf(rows: MatrixRow[], role: string, object: string, sensitivity: string): FieldCell {
  return rows
    .flatMap((row) => {
      if (row.effect !== "permit" || !isFor(row, role) || !isAbout(row, object) || !("fields" in row.what)) return [];
      const { fields, level } = row.what.fields;
      return "classes" in fields && fields.classes.includes(sensitivity) ? [{ level, scope: row.scope }] : [];
    })
    .sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
}
