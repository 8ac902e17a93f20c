// The matrix without what nobody used, or with a narrower scope: a draft to be reviewed, for good or as a trial that ends by itself.

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

/** Days that a trial of a narrower rule may take. */
export const TRIAL = { least: 1, most: 180, first: 14 };

/**
 * A draft as a trial: until then what it narrows is narrow, from then on the rules of before hold again, by themselves. `undefined`
 * where a rule that it changes has a span of its own, or is on trial. What is left of a trial that is over goes.
 */
export function asTrial(
  rows: MatrixRow[],
  draft: MatrixRow[],
  { now, until }: { now: number; until: number },
): MatrixRow[] | undefined {
  const next: MatrixRow[] = [];
  const begun = new Set<string>();
  for (const row of rows) {
    const narrow = draft.find((d) => d.id === row.id);
    if (narrow === row) {
      next.push(row);
      continue;
    }
    const id = `${row.id}.trial`;
    const running = rows.find((r) => r.id === id && (r.valid_until === null || r.valid_until > now));
    if ((row.valid_from !== null && row.valid_from > now) || row.valid_until !== null || running) return undefined;
    next.push({ ...row, valid_from: until });
    if (narrow !== undefined) next.push({ ...narrow, id, valid_from: null, valid_until: until });
    begun.add(id);
  }
  return next.filter((row) => !begun.has(row.id) || row.valid_until === until);
}
