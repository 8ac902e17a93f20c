// Why a field's value was not taken, in words.

import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ProblemError, ProblemItem } from "@/api/problem";
import { useLabel } from "@/i18n";

/** What is wrong with one thing, in the language of the page. */
export function useItemText(): (item: ProblemItem) => string {
  const label = useLabel();
  return useCallback((item) => (item.help ? label(item.help) : item.reason), [label]);
}

/** Nothing where the problem is not about the field. */
export function useFieldReason(): (problem: ProblemError, field: string) => string | undefined {
  const { t } = useTranslation("records");
  const text = useItemText();
  return useCallback(
    (problem, field) => {
      const told = problem.forField(field);
      if (told === undefined) return undefined;
      if (told.code === "duplicate") return t("duplicate");
      if (told.code === "required") return t("required");
      return text(told);
    },
    [t, text],
  );
}
