// What the pages of assessments ask, and the words of the API that they know.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";
import { addWords } from "@/i18n";
import { en, zh } from "./pageWords";

addWords("assessments", { zh, en });

type Schemas = components["schemas"];
export type Card = Schemas["AssessmentItem"];
export type Detail = Schemas["AssessmentDetail"];
export type Question = Schemas["AssessmentQuestion"];
export type Evidence = Schemas["AssessmentEvidence"];
export type Own = Schemas["OwnAssessmentQuestion"];
export type Plan = Schemas["AssessmentPlan"];

export const ASSESSMENTS = ["assessments"];

export const STATES = ["draft", "open", "closed"] as const;
export const STANDINGS = ["met", "partly", "not_met", "not_applicable"] as const;
export const QUESTION_STATES = ["open", "answered", "approved"] as const;
export const SEVERITIES = ["critical", "high", "medium", "low", "informational"] as const;
export const FINDING_STATES = ["open", "fixed", "verified", "accepted", "false_positive"] as const;
export const FORMATS = ["pdf", "xlsx", "csv", "html", "json"] as const;

export const STATE_COLOUR = { draft: "default", open: "processing", closed: "success" } as const;
export const STANDING_COLOUR = {
  met: "success",
  partly: "warning",
  not_met: "error",
  not_applicable: "default",
} as const;
export const QUESTION_COLOUR = { open: "default", answered: "processing", approved: "success" } as const;

/** One of these words, or the first of them for one that is not known here. */
export const oneOf = <T extends string>(all: readonly [T, ...T[]], word: string): T =>
  all.find((one) => one === word) ?? all[0];

/** As of which version something is done. */
export const asOf = (version: number) => ({ "If-Match": `"${version}"` });

/** The question in the reader's language, or as it was asked. */
export const asked = (q: Question, language: string): string =>
  (language.startsWith("zh") ? [q.zh, q.question, q.en] : [q.en, q.question, q.zh]).find((text) => text !== "") ?? "";

export const useAssessment = (id: string) =>
  useQuery({
    queryKey: [...ASSESSMENTS, "one", id],
    queryFn: () => data(api.GET("/api/v1/assessments/{id}", { params: { path: { id } } })),
  });

/** What one can link to, and, for who runs assessments, people and accounts. Asked when a dialog opens. */
export const useChoices = () =>
  useQuery({ queryKey: [...ASSESSMENTS, "choices"], queryFn: () => data(api.GET("/api/v1/assessments/choices")) });

/** Sends, closes, and asks again for what is seen. */
export function useDone(onClose: () => void) {
  const queries = useQueryClient();
  return async (act: Promise<unknown>) => {
    await act;
    await queries.invalidateQueries({ queryKey: ASSESSMENTS });
    onClose();
  };
}
