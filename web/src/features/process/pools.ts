// The pools of whoever is signed in, and what they have used of the limits.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { OwnPool } from "@/api/types";

export function useOwnPools(enabled: boolean) {
  return useQuery({ queryKey: ["pools"], enabled, queryFn: () => data(api.GET("/api/v1/me/pools")) });
}

/** The pool that a record goes back to where nobody says otherwise. */
export function poolOf(pools: OwnPool[], object: string, name: unknown): OwnPool | undefined {
  const own = pools.filter((p) => p.object === object);
  return own.find((p) => p.name === name) ?? own.find((p) => p.member) ?? own[0];
}
