// Responses and decoys, as the server tells them.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";

export const RESPONSES = ["responses"];
export const CANARIES = ["canaries"];
export const KINDS = ["no_export", "throttle", "step_up", "suspend"] as const;
export const SEVERITIES = ["informational", "low", "medium", "high", "critical"] as const;
export const FAMILIES = [
  "volume",
  "duty",
  "time_and_place",
  "probing",
  "privilege",
  "leaver",
  "scraping",
  "canary",
  "other",
] as const;

export const useResponses = (past: boolean) =>
  useQuery({
    queryKey: [...RESPONSES, past],
    staleTime: 0,
    queryFn: () => data(api.GET("/api/v1/admin/responses", { params: { query: past ? { past } : {} } })),
  });

export const useResponseRules = () =>
  useQuery({ queryKey: [...RESPONSES, "rules"], queryFn: () => data(api.GET("/api/v1/admin/response-rules")) });

export const useCanaries = () =>
  useQuery({ queryKey: CANARIES, staleTime: 0, queryFn: () => data(api.GET("/api/v1/admin/canaries")) });

/** What is taken from the one who is signed in; looked at again from time to time, and wherever a refusal says so. */
export const OWN = ["restrictions"];
export const useOwnRestrictions = () =>
  useQuery({
    queryKey: OWN,
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
    queryFn: () => data(api.GET("/api/v1/me/restrictions")),
  });
