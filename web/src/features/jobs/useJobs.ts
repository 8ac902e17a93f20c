// Jobs of one's own: beginning one, how far it is, taking it back.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { JobForm } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";

const BEGUN = ["job-begun"];

/** Whether the job runs that was begun in this tab last: 1 or 0, for the navigation. */
export function useRunningCount(): number {
  const begun = useQuery<string | null>({
    queryKey: BEGUN,
    queryFn: () => null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const progress = useJobProgress(begun.data ?? undefined);
  return progress.data?.state === "running" ? 1 : 0;
}

/** Numbers of a job under way, asked for until it has ended; each asking shows nothing of what it found. */
export function useJobProgress(id: string | undefined) {
  return useQuery({
    queryKey: ["job", id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => data(api.GET("/api/v1/jobs/{id}", { signal, params: { path: { id: id ?? "" } } })),
    refetchInterval: (query) => {
      if (query.state.status === "error") return false;
      // Slower the longer it takes.
      return query.state.data?.state === "running" ? Math.min(5_000, 700 + query.state.dataUpdateCount * 200) : false;
    },
  });
}

export function useJobActs() {
  const { t } = useTranslation("jobs");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const failed = (error: unknown) => void message.error(label(asProblem(error).help), 6);
  const begun = async (job: JobForm, text: string) => {
    queries.setQueryData(BEGUN, job.id);
    void message.success(text);
    await queries.invalidateQueries({ queryKey: ["jobs"] });
  };
  return {
    begun,
    scan: async (object: string): Promise<JobForm | undefined> => {
      try {
        const params = { path: { object } };
        const job = await data(api.POST("/api/v1/records/{object}/duplicates/scan", { params }));
        await begun(job, t("scan.begun"));
        return job;
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
    cancel: async (id: string) => {
      try {
        await api.POST("/api/v1/jobs/{id}/cancel", { params: { path: { id } } });
        void message.success(t("cancelled"));
      } catch (error) {
        failed(error);
      }
      await queries.invalidateQueries({ queryKey: ["job", id] });
      await queries.invalidateQueries({ queryKey: ["jobs"] });
    },
  };
}

const ACTS = ["edit", "transfer", "share", "delete"] as const;

/** What a job does, in words. */
export function useBulkWords() {
  const { t } = useTranslation("jobs");
  const label = useLabel();
  const { workspace } = useMe();
  const title = (job: JobForm) => {
    const found = workspace.objects.find((o) => o.name === job.object);
    const object = found ? label(found.label) : job.object;
    if (job.kind === "trial") return job.act === null ? t("kind.trialDraft") : `${t("kind.trial")} · ${job.act}`;
    if (job.kind === "report") return t("kind.report");
    if (job.kind === "replay") return t("kind.replay");
    const act = ACTS.find((a) => a === job.act);
    const kind = act ?? (job.kind === "import" ? "import" : "duplicate_scan");
    return `${t(`kind.${kind}`)} · ${object}`;
  };
  return { title };
}

export const percentOf = (job: { done: number; total: number }) =>
  job.total === 0 ? 0 : Math.min(99, Math.floor((100 * job.done) / job.total));

const WHYS = ["session_ended", "account_disabled", "forbidden", "rate_limited"] as const;

/** Why a job failed, as far as there are words for it. */
export const whyOf = (job: Pick<JobForm, "why">) => WHYS.find((why) => why === job.why) ?? "other";
