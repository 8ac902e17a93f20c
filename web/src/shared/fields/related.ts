// Fields that are looked up elsewhere: a field of the record that a reference names, or a sum over the records that name this one. Each
// is asked for where it is seen, with the rights its viewer has there, all of one drawing of the page together.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { Condition, FieldForm, ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";

/** The server takes so many ids at once. */
const MOST = 200;
/** What was worked out is asked for anew when the page is opened again after this. */
const FRESH = 60_000;

type Waiting<T> = { id: string; resolve: (found: T) => void; reject: (error: unknown) => void };

/** Asks for what stands behind ids, those of one drawing of the page in one request. */
function together<T>(ask: (ids: string[]) => Promise<Map<string, T>>, none: T): (id: string) => Promise<T> {
  let waiting: Waiting<T>[] = [];
  const send = async (batch: Waiting<T>[]) => {
    try {
      const found = await ask([...new Set(batch.map((w) => w.id))]);
      for (const w of batch) w.resolve(found.get(w.id) ?? none);
    } catch (error) {
      for (const w of batch) w.reject(error);
    }
  };
  return (id) =>
    new Promise((resolve, reject) => {
      waiting.push({ id, resolve, reject });
      if (waiting.length > 1) return;
      setTimeout(() => {
        const all = waiting;
        waiting = [];
        for (let at = 0; at < all.length; at += MOST) void send(all.slice(at, at + MOST));
      }, 10);
    });
}

const loaders = new Map<string, (id: string) => Promise<unknown>>();

function loader<T>(key: string, make: () => (id: string) => Promise<T>): (id: string) => Promise<T> {
  const have = loaders.get(key);
  if (have) return have as (id: string) => Promise<T>;
  const made = make();
  loaders.set(key, made);
  return made;
}

export const isLookedUp = (field: Pick<FieldForm, "type">): boolean =>
  field.type.kind === "lookup" || field.type.kind === "roll_up";

/** Holds files of the record: they lie beside it, and are asked for by its page. */
export const hasFiles = (field: Pick<FieldForm, "type">): boolean => field.type.kind === "attachment";

/** The stored fields that showing these takes: of what is looked up, the reference through which it looks. */
export function storedFields(object: ObjectForm, names: readonly string[]): string[] {
  const stored = names.flatMap((name) => {
    const field = object.fields.find((f) => f.name === name);
    if (field === undefined) return [];
    if (!isLookedUp(field)) return [name];
    return field.type.through === undefined ? [] : [field.type.through];
  });
  return [...new Set(stored)];
}

export type Found =
  | { kind: "loading" }
  | { kind: "failed" }
  | { kind: "unknown" }
  | { kind: "none" }
  | { kind: "value"; field: FieldForm; value: unknown; masked: boolean };

/** A field of the record that a reference names. */
export function useLookedUp(object: ObjectForm, field: FieldForm, record: RecordView): Found {
  const { workspace } = useMe();
  const { through = "", field: wanted = "" } = field.type;
  const to = object.fields.find((f) => f.name === through)?.type.object ?? "";
  const there = workspace.objects.find((o) => o.name === to)?.fields.find((f) => f.name === wanted);
  const id = record.fields[through];
  const known = typeof id === "string" && id !== "" && !record.masked.includes(through);
  const query = useQuery({
    queryKey: ["looked-up", to, wanted, id],
    enabled: known && there !== undefined,
    staleTime: FRESH,
    queryFn: () =>
      loader<RecordView | null>(`${to}.${wanted}`, () =>
        together<RecordView | null>(async (ids) => {
          const path = { object: to };
          const found = await data(
            api.POST("/api/v1/records/{object}/lookup", { params: { path }, body: { ids, fields: [wanted] } }),
          );
          return new Map(found.items.map((r) => [r.id, r as RecordView]));
        }, null),
      )(id as string),
  });
  if (through in record.fields && !known && !record.masked.includes(through)) return { kind: "none" };
  if (!known || there === undefined) return { kind: "unknown" };
  if (query.isPending) return { kind: "loading" };
  if (query.isError) return { kind: "failed" };
  if (query.data === null || !(wanted in query.data.fields)) return { kind: "unknown" };
  const masked = query.data.masked.includes(wanted);
  return { kind: "value", field: there, value: query.data.fields[wanted], masked };
}

export type Sum = { count: number; value: number | null };

/** What is worked out over the records that name this one, as far as the viewer may list them and read what is summed. */
export function useRolledUp(
  field: FieldForm,
  record: RecordView,
): { kind: "loading" } | { kind: "failed" } | ({ kind: "value" } & Sum) {
  const { object: over = "", by = "", value, when } = field.type;
  const query = useQuery({
    queryKey: ["rolled-up", over, by, value ?? null, when ?? null, record.id],
    staleTime: FRESH,
    queryFn: () =>
      loader<Sum>(JSON.stringify([over, by, value, when]), () =>
        together<Sum>(
          async (ids) => {
            const these: Condition = { test: { field: by, op: "in", value: ids } };
            const filter = when ? { all: [these, when as unknown as Condition] } : these;
            const found = await data(
              api.POST("/api/v1/records/{object}/aggregate", {
                params: { path: { object: over } },
                body: { by: [{ field: by }], values: value ? [value] : [], filter } as never,
              }),
            );
            return new Map(
              found.items.map((line) => [
                String(line.keys[0]),
                { count: line.count, value: value ? (line.values[0] ?? null) : line.count },
              ]),
            );
          },
          { count: 0, value: value === undefined || value.work === "sum" ? 0 : null },
        ),
      )(record.id),
  });
  if (query.isPending) return { kind: "loading" };
  if (query.isError) return { kind: "failed" };
  return { kind: "value", ...query.data };
}
