// What the pages of access reviews ask, and the words of the API that they know.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Card = Schemas["ReviewCardForm"];
export type Line = Schemas["ReviewLine"];
export type Campaign = Schemas["ReviewForm"];
export type Plan = Schemas["ReviewPlanForm"];
export type Answer = Schemas["ReviewAnswer"];

export const REVIEWS = ["reviews"];

export const STATES = ["open", "closing", "closed", "cancelled"] as const;
export const HOLDINGS = ["roles", "shares", "tokens"] as const;
export const REVIEWERS = ["manager", "role_owner", "person"] as const;
export const UNANSWERED = ["keep", "recommended", "revoke"] as const;
export const RHYTHMS = ["quarterly", "half_yearly", "role_change", "transfer", "absence", "case", "once"] as const;
export const VERDICTS = ["keep", "narrow", "revoke"] as const;
export const WHYS = ["left", "toxic", "unused", "outlier", "never_edited", "young", "duty", "used"] as const;
export const RISKS = ["low", "medium", "high"] as const;
export const OUTCOMES = ["kept", "applied", "gone", "failed"] as const;
export const CODES = ["last_holder", "separate_duty"] as const;
export const ONLY = ["open", "keep", "narrow", "revoke", "failed", "high"] as const;
export const FORMATS = ["pdf", "xlsx", "html", "csv", "json"] as const;

export const VERDICT_COLOUR = { keep: "success", narrow: "warning", revoke: "error" } as const;
export const RISK_COLOUR = { low: "default", medium: "warning", high: "error" } as const;
export const STATE_COLOUR = {
  open: "processing",
  closing: "processing",
  closed: "success",
  cancelled: "default",
} as const;

/** One of these words, or the first of them for one that is not known here. */
export const oneOf = <T extends string>(all: readonly [T, ...T[]], word: string): T =>
  all.find((one) => one === word) ?? all[0];

export const percent = (perMille: number): string => `${Math.round(perMille / 10)}%`;
export const seconds = (ms: number | null): string => (ms === null ? "—" : (ms / 1000).toFixed(1));

export const useOwnReviews = () =>
  useQuery({ queryKey: [...REVIEWS, "mine"], queryFn: () => data(api.GET("/api/v1/me/reviews")) });

/** How many lines wait for the reader's answer. Asked seldom: asking is recorded. */
export function useOwnReviewCount(enabled: boolean): number {
  const query = useQuery({
    enabled,
    queryKey: [...REVIEWS, "mine"],
    queryFn: () => data(api.GET("/api/v1/me/reviews")),
    staleTime: 5 * 60_000,
  });
  const lines = (query.data?.items ?? []).flatMap((review) => review.lines);
  return lines.filter((line) => line.decided === null).length;
}

/** Whether a reason must be given to answer so: the server says so too. */
export const needsReason = (line: Pick<Line, "risk" | "advice">, choice: Answer["choice"]): boolean =>
  choice === "delegate" || line.risk === "high" || (choice === "keep" && line.advice !== "keep");
