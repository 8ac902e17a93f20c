// What a person chose for a list on this device: columns, which of them stay, widths, row height. Names of fields only, no value
// of a record.

import { useCallback, useState } from "react";
import type { Density } from "@/shared/table/DataTable";

/** More would leave no room for what scrolls. */
export const MOST_PINNED = 3;

export type Kept = { columns?: string[]; pinned: string[]; widths: Record<string, number>; density: Density };

function read(key: string): Kept {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Kept>;
    const density = value.density === "compact" || value.density === "roomy" ? value.density : "normal";
    return {
      ...(Array.isArray(value.columns) ? { columns: value.columns } : {}),
      pinned: Array.isArray(value.pinned) ? value.pinned.slice(0, MOST_PINNED) : [],
      widths: value.widths ?? {},
      density,
    };
  } catch {
    return { pinned: [], widths: {}, density: "normal" };
  }
}

/** The columns as they stand: those that stay come first, each kind in the order chosen. */
export const standing = (columns: readonly string[], pinned: readonly string[]): string[] => [
  ...columns.filter((key) => pinned.includes(key)),
  ...columns.filter((key) => !pinned.includes(key)),
];

/** The columns after one was taken to the place of another. */
export function moved(columns: readonly string[], key: string, to: string): string[] {
  const [from, at] = [columns.indexOf(key), columns.indexOf(to)];
  if (from < 0 || at < 0) return [...columns];
  const next = columns.filter((c) => c !== key);
  next.splice(at, 0, key);
  return next;
}

export function useKept(object: string): [Kept, (change: Partial<Kept>) => void] {
  const key = `whosaw.list.${object}`;
  const [state, setState] = useState(() => read(key));
  const change = useCallback(
    (part: Partial<Kept>) =>
      setState((now) => {
        const next = { ...now, ...part };
        localStorage.setItem(key, JSON.stringify(next));
        return next;
      }),
    [key],
  );
  return [state, change];
}
