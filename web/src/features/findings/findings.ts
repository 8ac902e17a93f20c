// Vulnerabilities: asked for where they are seen, and again after an act on them.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type FindingItem = Schemas["FindingItem"];
export type FindingDetail = Schemas["FindingDetail"];
export type FindingFigures = Schemas["FindingFigures"];
export type ScanItem = Schemas["ScanItem"];
export type ScanAnswer = Schemas["ScanAnswer"];

export const FINDINGS = ["findings"];

export const useFinding = (id: string) =>
  useQuery({
    queryKey: [...FINDINGS, "one", id],
    queryFn: ({ signal }) => data(api.GET("/api/v1/findings/{id}", { signal, params: { path: { id } } })),
  });

export const useFigures = () =>
  useQuery({
    queryKey: [...FINDINGS, "figures"],
    queryFn: ({ signal }) => data(api.GET("/api/v1/findings/figures", { signal })),
  });

export const usePeople = () =>
  useQuery({ queryKey: [...FINDINGS, "people"], queryFn: () => data(api.GET("/api/v1/findings/people")) });

/** Where and as of which version an act is done. */
export const at = (of: FindingDetail) => ({ path: { id: of.card.id }, header: { "If-Match": `"${of.version}"` } });

/** Sends, closes, and asks again for what is seen. */
export function useDone(onClose: () => void) {
  const queries = useQueryClient();
  return async (act: Promise<unknown>) => {
    await act;
    onClose();
    await queries.invalidateQueries({ queryKey: FINDINGS });
  };
}

/** Takes a scanner's report in, or tries what it would do. */
export const sendScan = (asset: string, file: File, dry: boolean) =>
  data(
    api.POST("/api/v1/findings/scans", {
      params: { query: { asset, file: file.name.slice(0, 200), ...(dry ? { dry } : {}) } },
      headers: { "Content-Type": "application/octet-stream" },
      body: file as unknown as never,
      bodySerializer: (body) => body as unknown as Blob,
    }),
  );
