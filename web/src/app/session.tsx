// Who is signed in. The page behind stays while a session that ended is renewed; nothing typed is lost.

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { api, data, onSessionEnd } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Me, Workspace } from "@/api/types";

export type SessionState =
  | { kind: "loading" }
  | { kind: "failed"; problem: ProblemError }
  | { kind: "signed_out" }
  | { kind: "must_change" }
  | { kind: "signed_in"; me: Me; workspace: Workspace };

type Session = {
  state: SessionState;
  /** The session has ended under the page and somebody must sign in again. */
  expired: boolean;
  /** Looks anew who is signed in. */
  reload: () => Promise<void>;
  signOut: () => Promise<void>;
  /** The person has signed in again: what was waiting goes on. */
  renewed: () => void;
  /** They go away instead: the page is left. */
  leave: () => void;
};

const SessionContext = createContext<Session | undefined>(undefined);

async function look(): Promise<SessionState> {
  try {
    const me = await data(api.GET("/api/v1/me"));
    const workspace = await data(api.GET("/api/v1/me/workspace"));
    // What records belong to comes before what belongs to them.
    workspace.objects.sort((a, b) => Number(a.customer_field !== null) - Number(b.customer_field !== null));
    return { kind: "signed_in", me, workspace };
  } catch (error) {
    const problem = asProblem(error);
    if (problem.code === "unauthenticated") return { kind: "signed_out" };
    if (problem.code === "outside_token") return { kind: "must_change" };
    return { kind: "failed", problem };
  }
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ kind: "loading" });
  const [expired, setExpired] = useState(false);
  const waiting = useRef<Array<() => void>>([]);
  const queries = useQueryClient();

  const reload = useCallback(async () => {
    // Nobody is asked to sign in again by the question who is signed in.
    onSessionEnd(undefined);
    setState(await look());
  }, []);
  useEffect(() => {
    void reload();
  }, [reload]);
  useEffect(() => {
    if (state.kind !== "signed_in") return;
    onSessionEnd(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setExpired(true);
        }),
    );
    return () => onSessionEnd(undefined);
    // Looked at anew, the question was put aside: it is put again for each answer, not for each kind of it.
  }, [state]);

  const renewed = useCallback(() => {
    setExpired(false);
    const all = waiting.current;
    waiting.current = [];
    for (const go of all) go();
  }, []);
  const leave = useCallback(() => {
    window.location.assign("/");
  }, []);
  const signOut = useCallback(async () => {
    onSessionEnd(undefined);
    try {
      await api.DELETE("/api/v1/session");
    } finally {
      // What one person saw is not left in memory for the next.
      queries.clear();
      setState({ kind: "signed_out" });
    }
  }, [queries]);

  const session = useMemo(
    () => ({ state, expired, reload, signOut, renewed, leave }),
    [state, expired, reload, signOut, renewed, leave],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("useSession outside of SessionProvider");
  return session;
}

/** Who is signed in, on pages that are shown to nobody else. */
export function useMe(): { me: Me; workspace: Workspace } {
  const { state } = useSession();
  if (state.kind !== "signed_in") throw new Error("nobody is signed in");
  return { me: state.me, workspace: state.workspace };
}

/**
 * Whether an administrative operation is open to whoever is signed in.
 *
 * @public for pages of duties
 */
export function useDuty(duty: string): boolean {
  return useMe().workspace.duties.includes(duty);
}
