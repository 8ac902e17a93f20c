// The log as it grows. The server sends events in the order of the ledger; the browser comes back by itself where it was. Watching is
// recorded by the server, so it begins when somebody switches it on and ends with the page.

import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import type { AuditEvent } from "@/api/types";

/** Events that are kept beside the list; then the list is asked for again. */
export const MOST_FRESH = 1000;

export type LiveState =
  | { kind: "off" }
  | { kind: "connecting" }
  | { kind: "on" }
  /** Over, and why: a reason of the server, `refused` when it did not answer, `many` when too much has come. */
  | { kind: "lost"; reason: string };

/** Whether the browser comes back by itself after the server said so. */
export const comesBack = (code: string): boolean => code === "time_over" || code === "stopping";

/** The newest first, none twice. */
export function withFresh(fresh: AuditEvent[], known: AuditEvent[]): AuditEvent[] {
  if (fresh.length === 0) return known;
  const ids = new Set(known.map((row) => row.event));
  return [...fresh.filter((row) => !ids.has(row.event)), ...known];
}

/** `query` is the list's filter, `after` the newest position of the list; `undefined` while it is under way. */
export function useLive(wanted: boolean, query: Record<string, string | number>, after: number | undefined) {
  const [state, setState] = useState<LiveState>({ kind: "off" });
  const [shown, setShown] = useState<AuditEvent[]>([]);
  const [held, setHeld] = useState<AuditEvent[]>([]);
  const [attempt, setAttempt] = useState(0);
  const paused = useRef(false);
  const last = useRef<number | undefined>(undefined);
  const asked = JSON.stringify(query);
  const ready = after !== undefined;
  const begin = useRef(after);
  begin.current = after;

  const release = useCallback(() => {
    setHeld((waiting) => {
      if (waiting.length > 0) setShown((rows) => [...waiting, ...rows]);
      return [];
    });
  }, []);
  const pause = useCallback(
    (now: boolean) => {
      paused.current = now;
      if (!now) release();
    },
    [release],
  );

  /** Forgets what has come: the list is asked for again, and holds it. */
  const clear = useCallback(() => {
    setShown([]);
    setHeld([]);
    last.current = undefined;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins anew
  useEffect(clear, [asked, wanted]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a reason to connect again
  useEffect(() => {
    if (!wanted || !ready) {
      if (!wanted) setState({ kind: "off" });
      return;
    }
    setState({ kind: "connecting" });
    const { from: _from, to: _to, ...filter } = JSON.parse(asked) as Record<string, string>;
    const from = last.current ?? begin.current;
    const params = new URLSearchParams(filter);
    if (from !== undefined && from >= 0) params.set("after", String(from));
    const source = new EventSource(`/api/v1/audit/live?${params}`);
    const lose = (reason: string) => {
      source.close();
      setState({ kind: "lost", reason });
    };
    let count = 0;
    source.addEventListener("start", () => setState({ kind: "on" }));
    source.addEventListener("event", (message) => {
      const row = JSON.parse((message as MessageEvent<string>).data) as AuditEvent;
      last.current = row.index;
      count += 1;
      (paused.current ? setHeld : setShown)((rows) => [row, ...rows]);
      if (count >= MOST_FRESH) lose("many");
    });
    source.addEventListener("end", (message) => {
      const { code } = JSON.parse((message as MessageEvent<string>).data) as { code: string };
      if (comesBack(code)) setState({ kind: "connecting" });
      else lose(code);
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) lose("refused");
      else setState({ kind: "connecting" });
    });
    return () => source.close();
  }, [wanted, ready, asked, attempt]);

  /** Comes back where it was; asks to sign in first where that is what is missing. */
  const again = useCallback(async () => {
    await api.GET("/api/v1/me").catch(() => undefined);
    setAttempt((n) => n + 1);
  }, []);

  return { state, shown, held: held.length, pause, release, clear, again };
}
