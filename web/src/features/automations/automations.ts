// What is asked of the server about automation.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { useDuty } from "@/app/session";

export const RULES = ["automations", "rules"];
export const RUNS = ["automations", "runs"];
export const HOOKS = ["automations", "hooks"];

export function useRules() {
  return useQuery({ queryKey: RULES, queryFn: () => data(api.GET("/api/v1/admin/automations")) });
}

export function useRuns(dead: boolean) {
  return useQuery({
    queryKey: [...RUNS, dead],
    queryFn: () => data(api.GET("/api/v1/admin/automations/runs", { params: { query: dead ? { dead } : {} } })),
  });
}

export function useHooks() {
  const may = useDuty("setting.manage");
  return useQuery({ queryKey: HOOKS, enabled: may, queryFn: () => data(api.GET("/api/v1/admin/webhooks")) });
}
