// A list's pages, each asked for when it is scrolled to.

import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { storedFields } from "@/shared/fields/related";
import { conditionOf, type ListSearch } from "./search";

const PAGE = 100;

/** The fields a list asks for: those of its columns, and what stands for a record. Nothing else is disclosed. */
export function wantedFields(object: ObjectForm, columns: readonly string[]): string[] {
  const names = [object.title_field, ...columns].filter((n): n is string => typeof n === "string");
  return storedFields(object, names).sort();
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

type Pages = InfiniteData<{ items: RecordView[] }>;

/** The pages with one row as it is now; without it if it is not to be seen any more. */
export function withRow(pages: Pages | undefined, id: string, row: RecordView | undefined): Pages | undefined {
  return (
    pages && {
      ...pages,
      pages: pages.pages.map((page) => ({
        ...page,
        items: page.items.flatMap((r) => (r.id !== id ? [r] : row ? [row] : [])),
      })),
    }
  );
}

/** Asks for one row of the list anew, after it was changed: the others were not, and would be disclosed once more. */
export function useRefreshRow(object: ObjectForm, columns: readonly string[]): (id: string) => Promise<void> {
  const queries = useQueryClient();
  const fields = wantedFields(object, columns);
  return async (id) => {
    const key = ["list", object.name];
    // The record's page and other lists are asked for when they are opened.
    void queries.invalidateQueries({ queryKey: ["record", object.name, id] });
    void queries.invalidateQueries({ queryKey: ["title", object.name, id] });
    try {
      const found = await data(
        api.POST("/api/v1/records/{object}/lookup", {
          params: { path: { object: object.name } },
          body: { ids: [id], ...(fields.length > 0 ? { fields } : {}) },
        }),
      );
      queries.setQueriesData<Pages>({ queryKey: key, type: "active" }, (old) => withRow(old, id, found.items[0]));
      await queries.invalidateQueries({ queryKey: key, refetchType: "none" });
    } catch {
      await queries.invalidateQueries({ queryKey: key });
    }
  };
}
