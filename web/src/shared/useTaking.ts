// Files that are taken, one at a time: what is on its way, what went wrong, and the event that tells of the last one.

import { App } from "antd";
import { useState } from "react";
import { send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import { useLanguage } from "@/i18n";
import { saveFile } from "@/shared/saveFile";

export interface Wanted {
  /** Below `/api/v1`. */
  path: string;
  name: string;
  /** What it is called, where the answer's header need not be read for it. */
  known?: string;
  /** Said when it is there. */
  said: string;
  /** Which of the page's buttons waits for it. */
  key: string;
}

export function useTaking() {
  const language = useLanguage();
  const { message } = App.useApp();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<ProblemError>();
  /** The id of the event, or `undefined` where nothing was taken. */
  const take = async ({ path, name, known, said, key }: Wanted) => {
    setProblem(undefined);
    setBusy(key);
    try {
      const response = await send401(new Request(`/api/v1${path}`, { headers: { "Accept-Language": language } }));
      if (!response.ok) throw await problemOf(response);
      await saveFile(response, name, () => {}, known);
      void message.success(said);
      return response.headers.get("x-audit-event") ?? undefined;
    } catch (error) {
      setProblem(asProblem(error));
      return undefined;
    } finally {
      setBusy(undefined);
    }
  };
  return { busy, problem, take };
}
