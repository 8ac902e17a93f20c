// What the pages of training ask.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

export type CourseItem = components["schemas"]["CourseItem"];
export const TRAINING = ["training"];

export const STATES = ["open", "due", "overdue", "passed"] as const;
export type State = (typeof STATES)[number];
export const WHYS = ["own", "required", "renewal", "asked", "case"] as const;

export const stateOf = (text: string): State => STATES.find((s) => s === text) ?? "open";
export const whyOf = (text: string | null) => WHYS.find((w) => w === text);

/** Colours of the states, as tags have them. */
export const COLOUR: Record<State, string> = {
  open: "default",
  due: "processing",
  overdue: "error",
  passed: "success",
};

export const useOwnTraining = () =>
  useQuery({ queryKey: [...TRAINING, "mine"], queryFn: () => data(api.GET("/api/v1/me/training")) });
