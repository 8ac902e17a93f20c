// What can be said of a file before it is sent: so that nobody waits for an upload that must fail. The server decides again.

import type { AttachmentList } from "@/api/types";

export type Wrong =
  | { why: "tooLarge"; size: string; most: string }
  | { why: "empty" }
  | { why: "refused"; type: string }
  | { why: "tooMany"; count: number }
  | { why: "notTaken"; types: string }
  | { why: "fieldFull"; count: number };

/** What a field of files takes, and how many it has. */
export type Limits = { most: number; types: readonly string[]; have: number };

/** For the dialog that chooses files. */
export const acceptOf = (types: readonly string[]): { accept?: string } =>
  types.length > 0 ? { accept: types.map((type) => `.${type}`).join(",") } : {};

/** Bytes as people say them. */
export function sizeOf(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}

export function wrongWith(
  file: { name: string; size: number },
  list: AttachmentList,
  ahead: number,
  limits?: Limits,
): Wrong | undefined {
  const type = /\.([^.]+)$/.exec(file.name.trim())?.[1]?.toLowerCase();
  if (type !== undefined && list.refused.includes(type)) return { why: "refused", type };
  if (file.size === 0) return { why: "empty" };
  if (file.size > list.most_bytes) return { why: "tooLarge", size: sizeOf(file.size), most: sizeOf(list.most_bytes) };
  if (limits && limits.types.length > 0 && !(type !== undefined && limits.types.includes(type)))
    return { why: "notTaken", types: limits.types.join(", ") };
  if (limits && limits.have + ahead >= limits.most) return { why: "fieldFull", count: limits.most };
  if (list.items.length + ahead >= list.most_files) return { why: "tooMany", count: list.most_files };
  return undefined;
}
