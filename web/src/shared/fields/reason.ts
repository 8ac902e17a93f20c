// Why a field's value was not taken, in words.

import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ProblemError } from "@/api/problem";

/** Nothing where the problem is not about the field. */
export function useFieldReason(): (problem: ProblemError, field: string) => string | undefined {
  const { t } = useTranslation("records");
  return useCallback(
    (problem, field) => {
      const told = problem.forField(field);
      if (told === undefined) return undefined;
      if (told.code === "duplicate") return t("duplicate");
      if (told.code === "required") return t("required");
      return told.reason;
    },
    [t],
  );
}
