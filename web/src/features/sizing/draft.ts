// The matrix without what nobody used, or with a narrower scope: a draft to be replayed, never published from here.

import type { MatrixRow } from "@/api/types";

const SCOPES = ["own", "reports", "department", "subtree"] as const;
export type Narrow = (typeof SCOPES)[number];
export const narrowOf = (word: string): Narrow | undefined => SCOPES.find((s) => s === word);

/** The rows with one of them reaching less far. */
export const narrowed = (rows: MatrixRow[], id: string, to: Narrow): MatrixRow[] =>
  rows.map((row) => (row.id === id ? { ...row, scope: { kind: to } as MatrixRow["scope"] } : row));

/** The rows without operations that nobody used; a row that is left with none is gone. `unused`: operations by row. */
export function without(rows: MatrixRow[], unused: Map<string, Set<string>>): MatrixRow[] {
  return rows.flatMap((row) => {
    const gone = unused.get(row.id);
    const what = row.what as { operations?: string[] };
    if (gone === undefined || what.operations === undefined) return [row];
    const operations = what.operations.filter((action) => !gone.has(action));
    return operations.length === 0 ? [] : [{ ...row, what: { operations } as MatrixRow["what"] }];
  });
}

/** Of each row, the operations that nobody used on any object that the row is about: others cannot be taken out of it alone. */
export function removable(
  unused: { action: string; rows: string[] }[],
  used: (row: string, action: string) => boolean,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { action, rows } of unused) {
    for (const row of rows) {
      if (used(row, action)) continue;
      found.set(row, (found.get(row) ?? new Set()).add(action));
    }
  }
  return found;
}
