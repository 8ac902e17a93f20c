// What the pages of training ask.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

export type CourseItem = components["schemas"]["CourseItem"];
export type CourseCard = components["schemas"]["CourseCardItem"];
export const TRAINING = ["training"];

export const STATES = ["open", "due", "overdue", "passed"] as const;
export type State = (typeof STATES)[number];
export const WHYS = ["own", "required", "renewal", "asked", "case"] as const;

export const stateOf = (text: string): State => STATES.find((s) => s === text) ?? "open";
export const whyOf = (text: string | null) => WHYS.find((w) => w === text);

export const KINDS = ["shipped", "own", "outside"] as const;
export const kindOf = (text: string) => KINDS.find((k) => k === text) ?? "shipped";

/** What becomes of statements; `known` is told of a request alone. */
export const OUTCOMES = [
  "passed",
  "noted",
  "known",
  "outdated",
  "older",
  "before_asked",
  "voided",
  "voids",
  "malformed",
  "unknown_course",
  "unknown_actor",
  "own",
  "future",
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const outcomeOf = (text: string): Outcome => OUTCOMES.find((o) => o === text) ?? "noted";
export const REFUSED: readonly Outcome[] = ["malformed", "unknown_course", "unknown_actor", "own", "future"];

/** What is wrong with a statement. */
const MALFORMED = [
  "bad_id",
  "no_statement",
  "no_verb",
  "no_actor",
  "no_object",
  "no_activity",
  "bad_timestamp",
  "bad_voided",
  "bad_result",
  "bad_score",
] as const;
export const malformedOf = (reason: string | null) => MALFORMED.find((m) => m === reason);

/** What is sent as it is, with its type. */
const asItIs = (file: File, type: string) => ({
  headers: { "Content-Type": type },
  body: file as unknown as never,
  bodySerializer: (body: unknown) => body as Blob,
});

/** A new own course, or another text of one. */
export const sendCourse = (course: string | undefined, file: File) => {
  const sent = asItIs(file, "application/zip");
  return course === undefined
    ? data(api.POST("/api/v1/training/courses", sent))
    : data(api.POST("/api/v1/training/courses/{course}/versions", { params: { path: { course } }, ...sent }));
};

export const sendStatements = (file: File) =>
  data(
    api.POST("/api/v1/training/statements", {
      params: { query: { file: file.name.slice(0, 200) } },
      ...asItIs(file, "application/json"),
    }),
  );

/** Colours of the states, as tags have them. */
export const COLOUR: Record<State, string> = {
  open: "default",
  due: "processing",
  overdue: "error",
  passed: "success",
};

export const useOwnTraining = () =>
  useQuery({ queryKey: [...TRAINING, "mine"], queryFn: () => data(api.GET("/api/v1/me/training")) });
