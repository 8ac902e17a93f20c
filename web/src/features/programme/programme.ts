// What the pages of the programme ask.

import { type QueryClient, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

export type Activity = components["schemas"]["ProgrammeActivity"];
export type Slot = components["schemas"]["ProgrammeSlot"];
export type Entry = components["schemas"]["ProgrammeEntry"];
export type Item = components["schemas"]["OversightItem"];

export const CYCLES = ["day", "week", "month", "quarter", "year"] as const;
export type Cycle = (typeof CYCLES)[number];
export const cycleOf = (text: string): Cycle => CYCLES.find((c) => c === text) ?? "month";

export const STATES = ["ran", "failed", "due", "skipped"] as const;
export type State = (typeof STATES)[number];
export const stateOf = (text: string): State => STATES.find((s) => s === text) ?? "due";
export const MARK: Record<State, string> = { ran: "✓", failed: "!", due: "…", skipped: "×" };

export const entryOf = (a: Activity): Entry => ({
  activity: a.activity,
  on: a.on,
  cycle: cycleOf(a.cycle),
  owner: a.owner,
  scope: a.scope,
  method: a.method,
});

const PROGRAMME = ["programme"];
export const useProgramme = () => useQuery({ queryKey: PROGRAMME, queryFn: () => data(api.GET("/api/v1/programme")) });
export const useOversight = () =>
  useQuery({ queryKey: ["oversight"], queryFn: () => data(api.GET("/api/v1/oversight")) });
export const refreshProgramme = (queries: QueryClient) => queries.invalidateQueries({ queryKey: PROGRAMME });
