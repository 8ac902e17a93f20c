// What a person chose for a list on this device: columns, widths, row height. Names of fields only, no value of a record.

import { useCallback, useState } from "react";
import type { Density } from "@/shared/table/DataTable";

export type Kept = { columns?: string[]; widths: Record<string, number>; density: Density };

function read(key: string): Kept {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Kept>;
    const density = value.density === "compact" || value.density === "roomy" ? value.density : "normal";
    return { ...(Array.isArray(value.columns) ? { columns: value.columns } : {}), widths: value.widths ?? {}, density };
  } catch {
    return { widths: {}, density: "normal" };
  }
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
