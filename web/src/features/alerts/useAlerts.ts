// Alerts: pages of them, how many are open, and what comes while the list is on the screen.

import { type InfiniteData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api, data } from "@/api/client";
import type { AlertCount, AlertItem, AlertPageItems } from "@/api/types";
import { useDuty } from "@/app/session";
import { type AlertSearch, passes } from "./search";

const COUNT = ["alerts", "count"];
const LIST = ["alerts", "list"];
const ONE = ["alerts", "one"];
const MINUTES = 120_000;
const DAY_MS = 86_400_000;

/** Asked again when somebody comes back to the window, as notices are. */
export function useAlertCount(): number {
  const reads = useDuty("alert.read");
  const query = useQuery({
    queryKey: COUNT,
    enabled: reads,
    staleTime: MINUTES,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: true,
    queryFn: () => data(api.GET("/api/v1/alerts/count")),
  });
  return query.data?.open ?? 0;
}

export const useAlertCounts = () =>
  useQuery({ queryKey: COUNT, staleTime: MINUTES, queryFn: () => data(api.GET("/api/v1/alerts/count")) });

export function useAlerts(search: AlertSearch) {
  // As long as the page stands, so that its pages are of one span.
  const [now] = useState(() => Date.now());
  return useInfiniteQuery({
    queryKey: [...LIST, search],
    staleTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/alerts", {
          signal,
          params: {
            query: {
              states: (search.states ?? ["open"]).join(","),
              ...(search.severities ? { severities: search.severities.join(",") } : {}),
              ...(search.families ? { families: search.families.join(",") } : {}),
              ...(search.user ? { users: search.user } : {}),
              ...(search.rule ? { rules: search.rule } : {}),
              ...(search.days ? { from: now - Number(search.days) * DAY_MS } : {}),
              sort: search.sort ?? "rank",
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export const useAlert = (id: string) =>
  useQuery({
    queryKey: [...ONE, id],
    staleTime: 0,
    queryFn: () => data(api.GET("/api/v1/alerts/{id}", { params: { path: { id } } })),
  });

export async function refreshAlerts(queries: QueryClient): Promise<void> {
  await queries.invalidateQueries({ queryKey: ["alerts"] });
}

/** What is done with one alert or with several. */
export type TriageWish = {
  act: "close" | "snooze" | "reopen";
  feedback?: "malicious" | "suspicious" | "expected" | "unknown";
  until?: number;
  note?: string;
};

type Pages = InfiniteData<AlertPageItems, string | undefined>;

/** A list with an alert that has come: in its place if it was there, else on top, and away if it does not belong there any more. */
export function withAlert(pages: Pages, alert: AlertItem, search: AlertSearch): Pages {
  const fits = passes(alert, search);
  let found = false;
  const next = pages.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((one) => {
      if (one.id !== alert.id) return [one];
      found = true;
      return fits ? [alert] : [];
    }),
  }));
  const [first, ...rest] = next;
  if (!found && fits && first) return { ...pages, pages: [{ ...first, items: [alert, ...first.items] }, ...rest] };
  return { ...pages, pages: next };
}

export type LiveState = "connecting" | "on" | "lost";

/** Alerts as they come into the list; `onNew` is told of those that were not there. */
export function useLiveAlerts(search: AlertSearch, onNew: (alert: AlertItem) => void) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const [attempt, setAttempt] = useState(0);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const asked = JSON.stringify(search);
  const told = useRef(onNew);
  told.current = onNew;

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a reason to connect again
  useEffect(() => {
    const filter = JSON.parse(asked) as AlertSearch;
    setState("connecting");
    const source = new EventSource("/api/v1/alerts/live");
    const counts = (message: Event) => {
      queries.setQueryData<AlertCount>(COUNT, JSON.parse((message as MessageEvent<string>).data) as AlertCount);
    };
    let begun = false;
    source.addEventListener("start", (message) => {
      counts(message);
      setState("on");
      // What came while nobody was connected is in the list alone.
      if (begun) void queries.invalidateQueries({ queryKey: LIST });
      begun = true;
    });
    source.addEventListener("counts", counts);
    source.addEventListener("alert", (message) => {
      const alert = JSON.parse((message as MessageEvent<string>).data) as AlertItem;
      const key = [...LIST, filter];
      const known = queries.getQueryData<Pages>(key)?.pages.some((p) => p.items.some((one) => one.id === alert.id));
      queries.setQueryData<Pages>(key, (pages) => pages && withAlert(pages, alert, filter));
      if (!known && passes(alert, filter)) {
        setFresh((ids) => new Set(ids).add(alert.id));
        told.current(alert);
      }
    });
    source.addEventListener("end", (message) => {
      const { code } = JSON.parse((message as MessageEvent<string>).data) as { code: string };
      if (code === "time_over" || code === "stopping") return setState("connecting");
      source.close();
      setState("lost");
    });
    source.addEventListener("error", () => setState(source.readyState === EventSource.CLOSED ? "lost" : "connecting"));
    return () => source.close();
  }, [asked, attempt]);

  /** Asks to sign in first where that is what is missing. */
  const again = useCallback(async () => {
    await api.GET("/api/v1/me").catch(() => undefined);
    setAttempt((n) => n + 1);
  }, []);
  return { state, fresh, again };
}

const SOUND = "whosaw.alerts.sound";

/** Off until somebody switches it on, on this device. */
export function useSound(): { on: boolean; set: (on: boolean) => void; play: () => void } {
  const [on, setOn] = useState(() => localStorage.getItem(SOUND) === "on");
  return useMemo(
    () => ({
      on,
      set: (next: boolean) => {
        if (next) localStorage.setItem(SOUND, "on");
        else localStorage.removeItem(SOUND);
        setOn(next);
        if (next) beep();
      },
      play: () => {
        if (on) beep();
      },
    }),
    [on],
  );
}

/** Two short tones, made here: no file is fetched. */
function beep(): void {
  if (typeof AudioContext === "undefined") return;
  const audio = new AudioContext();
  const gain = audio.createGain();
  gain.gain.value = 0.08;
  gain.connect(audio.destination);
  for (const [n, hertz] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start(audio.currentTime + n * 0.16);
    tone.stop(audio.currentTime + n * 0.16 + 0.12);
    tone.onended = () => {
      if (n === 1) void audio.close();
    };
  }
}
