// What is sent to have rows taken in by the server, and what this tab remembers of it.

import type { BeginImportRequest, ImportMapping } from "@/api/types";
import type { Read } from "./mapping";

export const STEPS = ["file", "mapping", "check", "done"] as const;

/** Rows that were left out when the file was read: the server never had them. */
export const leftOutOf = (job: string) => ({
  queryKey: ["import-left-out", job],
  gcTime: Number.POSITIVE_INFINITY,
});

/** Values without the names of their fields in each row: a file becomes hardly longer. */
export function beginBody(read: Read, mapping: ImportMapping): BeginImportRequest {
  const columns = Object.keys(read.rows[0]?.row.fields ?? {});
  return {
    source: mapping.source.trim(),
    ...(mapping.customer_source ? { customer_source: mapping.customer_source } : {}),
    columns,
    rows: read.rows.map(({ number, row: { fields, ...row } }) => ({
      ...row,
      number,
      values: columns.map((name) => fields[name] ?? null),
    })),
  };
}
