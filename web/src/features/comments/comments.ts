// What is asked of the server about a record's timeline and comments. Each page of it is recorded as a view of the record.

import { type QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { CommentItem } from "@/api/types";

export type Place = { object: string; id: string };
export const PARTS = ["comments", "activities", "approvals", "changes"] as const;
export type Part = (typeof PARTS)[number];

const key = ({ object, id }: Place) => ["timeline", object, id];

export function useTimeline(place: Place, parts: readonly Part[]) {
  return useInfiniteQuery({
    queryKey: [...key(place), parts],
    // Asked anew each time the tab is opened: it is about what happened last.
    staleTime: 0,
    gcTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/api/v1/records/{object}/{id}/timeline", {
          params: { path: place, query: { parts: parts.join(","), ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** Who reads what is said; asked for once somebody is to be mentioned, and by name only where they are too many to offer. */
export function useReaders(place: Place, like: string, enabled: boolean) {
  return useQuery({
    queryKey: ["readers", place.object, place.id, like],
    enabled,
    staleTime: 60_000,
    queryFn: () =>
      data(api.GET("/api/v1/records/{object}/{id}/readers", { params: { path: place, query: like ? { like } : {} } })),
  });
}

export async function refreshTimeline(queries: QueryClient, place: Place): Promise<void> {
  await queries.invalidateQueries({ queryKey: key(place) });
}

export async function say(place: Place, text: string): Promise<void> {
  await api.POST("/api/v1/records/{object}/{id}/comments", { params: { path: place }, body: { text } });
}

const one = (place: Place, comment: CommentItem) => ({
  path: { ...place, comment: comment.id },
  header: { "If-Match": `"${comment.version}"` },
});

export async function change(place: Place, comment: CommentItem, text: string): Promise<void> {
  await api.PUT("/api/v1/records/{object}/{id}/comments/{comment}", { params: one(place, comment), body: { text } });
}
export async function remove(place: Place, comment: CommentItem): Promise<void> {
  await api.DELETE("/api/v1/records/{object}/{id}/comments/{comment}", { params: one(place, comment) });
}
export async function strike(place: Place, comment: CommentItem): Promise<void> {
  await api.POST("/api/v1/records/{object}/{id}/comments/{comment}/strike", { params: one(place, comment) });
}
