// How much waits for whoever is signed in: notices and requests, in one asking. It shows nothing of a customer, so it is asked for
// again when they come back to the window or open a page after some minutes; never by itself, or a window left open would keep its
// session alive for ever.

import { type QueryClient, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";

const WAITING = ["waiting"];
const MINUTES = 120_000;

export function useWaiting(): { unread: number; requests: number } {
  const query = useQuery({
    queryKey: WAITING,
    staleTime: MINUTES,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: true,
    queryFn: () => data(api.GET("/api/v1/notices/count")),
  });
  return query.data ?? { unread: 0, requests: 0 };
}

/** Asks again what is older than some minutes. */
export function refreshStaleWaiting(queries: QueryClient): void {
  void queries.refetchQueries({ queryKey: WAITING, stale: true, type: "active" });
}

export async function refreshWaiting(queries: QueryClient): Promise<void> {
  await queries.invalidateQueries({ queryKey: WAITING });
}

/** What was learnt otherwise. */
export function knowWaiting(queries: QueryClient, known: { unread?: number; requests?: number }): void {
  queries.setQueryData<{ unread: number; requests: number }>(WAITING, (old) => old && { ...old, ...known });
}
