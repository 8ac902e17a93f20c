// A list's pages, each asked for when it is scrolled to.

import { useInfiniteQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { FieldForm, ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { conditionOf, type ListSearch } from "./search";

const PAGE = 100;

/** The fields a list asks for: those of its columns, and what stands for a record. Nothing else is disclosed. */
export function wantedFields(object: ObjectForm, columns: readonly string[]): string[] {
  const known = new Set(object.fields.map((f: FieldForm) => f.name));
  const names = [object.title_field, ...columns].filter((n): n is string => typeof n === "string" && known.has(n));
  return [...new Set(names)].sort();
}

export function useList(
  object: ObjectForm,
  search: ListSearch,
  columns: readonly string[],
  enabled: boolean,
  customer?: string,
) {
  const { me } = useMe();
  const fields = wantedFields(object, columns);
  const condition = conditionOf(search, me.user);
  const q = search.q?.trim();
  return useInfiniteQuery({
    queryKey: ["list", object.name, condition ?? null, q ?? null, search.sort ?? null, fields, customer ?? null],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/records/{object}", {
          signal,
          params: {
            path: { object: object.name },
            query: {
              limit: PAGE,
              ...(fields.length > 0 ? { fields: fields.join(",") } : {}),
              ...(condition ? { filter: JSON.stringify(condition) } : {}),
              ...(customer ? { customer } : {}),
              // A search has its own order and one page.
              ...(q
                ? { search: q }
                : { sort: search.sort ?? "-updated_at", ...(pageParam ? { cursor: pageParam } : {}) }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
