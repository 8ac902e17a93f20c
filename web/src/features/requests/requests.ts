// What is asked of the server about requests. Each asking is recorded, so none repeats by itself.

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { knowWaiting, refreshWaiting, useWaiting } from "@/features/notices/waiting";

const OWN = ["requests", "own"];
const INBOX = ["requests", "inbox"];
const GRANTS = ["requests", "grants"];

export function useInbox(enabled = true) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: INBOX,
    enabled,
    queryFn: async () => {
      const inbox = await data(api.GET("/api/v1/requests/inbox"));
      // Whoever has seen what waits knows how much does.
      knowWaiting(queries, { requests: inbox.items.length });
      return inbox;
    },
  });
}

export function useOwnRequests() {
  return useQuery({ queryKey: OWN, queryFn: () => data(api.GET("/api/v1/requests")) });
}

/** How much waits for whoever is signed in. */
export function useInboxCount(): number {
  return useWaiting().requests;
}

/** What whoever is signed in has for a time. */
export function useOwnGrants() {
  return useQuery({
    queryKey: GRANTS,
    staleTime: 120_000,
    queryFn: () => data(api.GET("/api/v1/me/grants")),
  });
}

export async function refreshRequests(queries: QueryClient): Promise<void> {
  await Promise.all([queries.invalidateQueries({ queryKey: ["requests"] }), refreshWaiting(queries)]);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The words of a time that is left; nothing where it is over. */
export function useLeft(until: number): string | undefined {
  const { t } = useTranslation("requests");
  const [now, setNow] = useState(() => Date.now());
  const left = until - now;
  const over = left <= 0;
  const step = left > HOUR ? 30_000 : 1000;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => setNow(Date.now()), step);
    return () => clearInterval(timer);
  }, [over, step]);
  if (over) return undefined;
  const whole = (of: number, unit: number) => Math.floor(of / unit);
  if (left >= DAY) return t("left.days", { days: whole(left, DAY), hours: whole(left % DAY, HOUR) });
  if (left >= HOUR) return t("left.hours", { hours: whole(left, HOUR), minutes: whole(left % HOUR, MINUTE) });
  return t("left.minutes", { minutes: whole(left, MINUTE), seconds: whole(left % MINUTE, 1000) });
}
