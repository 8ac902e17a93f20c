// What is asked of the server about rules of detection.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, data } from "@/api/client";

const ROOT = ["detection"];

export function useDetectionRules() {
  return useQuery({ queryKey: [...ROOT, "rules"], queryFn: () => data(api.GET("/api/v1/detection/rules")) });
}

export function useDetectionRule(rule: string) {
  return useQuery({
    queryKey: [...ROOT, "rule", rule],
    queryFn: () => data(api.GET("/api/v1/detection/rules/{rule}", { params: { path: { rule } } })),
  });
}

export function useDetectionVersions(rule: string) {
  return useQuery({
    queryKey: [...ROOT, "versions", rule],
    queryFn: () => data(api.GET("/api/v1/detection/rules/{rule}/versions", { params: { path: { rule } } })),
  });
}

/** After a change: what is shown is asked for again. */
export function useRefreshRules(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: ROOT }), [queries]);
}
