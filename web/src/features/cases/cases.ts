// Cases: asked for where they are seen, and again after an act on them.

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type CaseItem = Schemas["CaseItem"];
export type CaseDetail = Schemas["CaseDetail"];
export type CaseEntry = Schemas["CaseEntry"];
export type CaseFileItem = Schemas["CaseFileItem"];
export type CasePerson = Schemas["CasePerson"];

const CASES = ["cases"];

export const useCase = (id: string) =>
  useQuery({
    queryKey: [...CASES, "one", id],
    queryFn: ({ signal }) => data(api.GET("/api/v1/cases/{id}", { signal, params: { path: { id } } })),
  });

export const useHandlers = () =>
  useQuery({ queryKey: [...CASES, "handlers"], queryFn: () => data(api.GET("/api/v1/cases/handlers")) });

export const refreshCases = (queries: QueryClient) => queries.invalidateQueries({ queryKey: CASES });

/** The subject stands under a pseudonym until their name was shown. */
export function useSubject(): (subject: CasePerson) => string {
  const { t } = useTranslation("cases");
  return (subject) => (subject.id === null ? t("employee", { name: subject.name }) : subject.name);
}

/** Where and as of which version an act is done. */
export const at = (of: CaseDetail) => ({ path: { id: of.id }, header: { "If-Match": `"${of.version}"` } });

/** After an act: the case is asked for again, by whoever sees it. */
export function useRefresh() {
  const queries = useQueryClient();
  return () => refreshCases(queries);
}
