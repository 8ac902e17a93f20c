// What the page of the security posture asks.

import { type QueryClient, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

export type Check = components["schemas"]["PostureCheck"];
export type Run = components["schemas"]["PostureRun"];
export type Figure = components["schemas"]["PostureFigure"];

export const AREAS = [
  "transport",
  "keys",
  "backups",
  "machine",
  "database",
  "accounts",
  "sign_in",
  "sharing",
  "detection",
  "log",
  "people",
] as const;
export type Area = (typeof AREAS)[number];
export const areaOf = (text: string): Area => AREAS.find((a) => a === text) ?? "machine";

/** What is not as it should be comes first. */
export const SHOWN = ["wrong", "waived", "good", "all"] as const;
export type Shown = (typeof SHOWN)[number];

export const STATES = ["good", "bad", "unknown", "not_applicable"] as const;
export type State = (typeof STATES)[number] | "unseen";
export const stateOf = (check: Check): State => STATES.find((s) => s === check.state) ?? "unseen";

export const RISKS = ["high", "medium", "low"] as const;
export type Risk = (typeof RISKS)[number];
export const riskOf = (text: string): Risk => RISKS.find((r) => r === text) ?? "low";

export const COLOUR: Record<State, string> = {
  good: "success",
  bad: "error",
  unknown: "warning",
  not_applicable: "default",
  unseen: "default",
};

export const isWaived = (check: Check): boolean => check.waiver?.state === "in_force";

export function isShown(check: Check, show: Shown): boolean {
  const state = stateOf(check);
  if (show === "all") return true;
  if (show === "good") return state === "good";
  if (show === "waived") return check.waiver !== null;
  return state === "bad" || state === "unknown";
}

/** The gravest first; what is put up with last. */
export function byGravity(a: Check, b: Check): number {
  const rank = (c: Check) => RISKS.indexOf(riskOf(c.risk)) + (isWaived(c) ? 10 : 0) + (stateOf(c) === "bad" ? 0 : 5);
  return rank(a) - rank(b);
}

/** A share in thousandths, as people read a score: 0 to 100 with one digit. */
export const points = (share: number | null): string => (share === null ? "—" : (share / 10).toFixed(1));

const POSTURE = ["posture"];
export const usePosture = () =>
  useQuery({ queryKey: [...POSTURE, "now"], queryFn: () => data(api.GET("/api/v1/posture")) });
export const usePostureRuns = () =>
  useQuery({
    queryKey: [...POSTURE, "runs"],
    queryFn: () => data(api.GET("/api/v1/posture/runs", { params: { query: { limit: 90 } } })),
  });
export const usePostureOwners = (enabled: boolean) =>
  useQuery({
    queryKey: [...POSTURE, "owners"],
    enabled,
    staleTime: 60_000,
    queryFn: () => data(api.GET("/api/v1/posture/owners")),
  });
export const refreshPosture = (queries: QueryClient) => queries.invalidateQueries({ queryKey: POSTURE });
