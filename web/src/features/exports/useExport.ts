// An export of one's own: how far it is, and what can be done with it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data, send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import { saveFile } from "@/shared/saveFile";

/** Numbers of an export under way, asked for until it has ended; each asking shows nothing of what is in it. */
export function useProgress(id: string | undefined) {
  return useQuery({
    queryKey: ["export-progress", id],
    enabled: id !== undefined,
    gcTime: 0,
    queryFn: ({ signal }) =>
      data(api.GET("/api/v1/exports/{id}/progress", { signal, params: { path: { id: id ?? "" } } })),
    refetchInterval: (query) => {
      if (query.state.status === "error") return false;
      // Slower the longer it takes.
      return query.state.data?.state === "running" ? Math.min(5_000, 700 + query.state.dataUpdateCount * 150) : false;
    },
  });
}

/** Taking, beginning and giving up an export; what stood against it is told beside it. */
export function useExportActs(onChange?: () => void) {
  const { t } = useTranslation("exports");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<ProblemError>();
  const [received, setReceived] = useState<number>();
  const run = async (id: string, act: () => Promise<void>) => {
    setBusy(id);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(undefined);
      setReceived(undefined);
      await queries.invalidateQueries({ queryKey: ["exports"] });
      onChange?.();
    }
  };
  return {
    busy,
    problem,
    received,
    take: (id: string, name: string) =>
      run(id, async () => {
        setReceived(0);
        const response = await send401(new Request(`/api/v1/exports/${id}/file`));
        if (!response.ok) throw await problemOf(response);
        await saveFile(response, name, (bytes) => setReceived(Math.round(bytes / 1000)));
        void message.success(t("saved"));
      }),
    start: (id: string) =>
      run(id, async () => {
        await api.POST("/api/v1/exports/{id}/start", { params: { path: { id } } });
      }),
    cancel: (id: string) =>
      run(id, async () => {
        await api.POST("/api/v1/exports/{id}/cancel", { params: { path: { id } } });
        await queries.invalidateQueries({ queryKey: ["export-progress", id] });
        void message.success(t("cancelled"));
      }),
  };
}
