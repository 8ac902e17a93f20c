// Names of referenced records. They are asked for only where they are seen, together in one request, and kept for the page:
// each name shown is a disclosure that is recorded.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { RecordView } from "@/api/types";
import { useMe } from "@/app/session";

const MOST = 200;

type Waiting = { id: string; resolve: (record: RecordView | null) => void; reject: (error: unknown) => void };
const waiting = new Map<string, Waiting[]>();

async function ask(object: string, field: string, batch: Waiting[]): Promise<void> {
  try {
    const ids = [...new Set(batch.map((w) => w.id))];
    const path = { object };
    const found = await data(
      api.POST("/api/v1/records/{object}/lookup", { params: { path }, body: { ids, fields: [field] } }),
    );
    const byId = new Map(found.items.map((r) => [r.id, r]));
    for (const w of batch) w.resolve(byId.get(w.id) ?? null);
  } catch (error) {
    for (const w of batch) w.reject(error);
  }
}

function load(object: string, field: string, id: string): Promise<RecordView | null> {
  return new Promise((resolve, reject) => {
    const all = waiting.get(object);
    if (all !== undefined) {
      all.push({ id, resolve, reject });
      return;
    }
    waiting.set(object, [{ id, resolve, reject }]);
    // All that one drawing of the page asks for goes out together.
    setTimeout(() => {
      const batch = waiting.get(object) ?? [];
      waiting.delete(object);
      for (let at = 0; at < batch.length; at += MOST) void ask(object, field, batch.slice(at, at + MOST));
    }, 10);
  });
}

export type Title =
  | { kind: "loading" }
  | { kind: "known"; text: string; masked: boolean }
  /** Not there, or not to be known. */
  | { kind: "unknown" };

/** What stands for a record. */
export function useTitle(object: string, id: string | null | undefined): Title {
  const { workspace } = useMe();
  const field = workspace.objects.find((o) => o.name === object)?.title_field ?? undefined;
  const query = useQuery({
    queryKey: ["title", object, id],
    queryFn: () => load(object, field as string, id as string),
    enabled: field !== undefined && typeof id === "string",
    staleTime: 5 * 60_000,
  });
  if (field === undefined || typeof id !== "string") return { kind: "unknown" };
  if (query.isPending) return { kind: "loading" };
  const value = query.data?.fields[field];
  if (typeof value !== "string") return { kind: "unknown" };
  return { kind: "known", text: value, masked: query.data?.masked.includes(field) ?? false };
}
