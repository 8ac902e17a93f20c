import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";

/** Sends a change of settings, tells the outcome, and asks anew for what holds. */
export function useSave(queryKey: string[]) {
  const { t } = useTranslation("settings");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const save = async (send: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await send();
      void message.success(t("saved"));
      await queries.invalidateQueries({ queryKey });
      return true;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, problem };
}
