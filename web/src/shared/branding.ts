// What everybody sees of the company: name, logo, accent. Asked for once, before sign-in too.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { BrandingAnswer } from "@/api/types";

export type Branding = BrandingAnswer;
export const BRANDING = ["branding"];

/** `undefined` until it is known: the console looks like itself then. */
export function useBranding(): Branding | undefined {
  return useQuery({
    queryKey: BRANDING,
    queryFn: () => data(api.GET("/api/v1/branding")),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }).data;
}

export const logoAddress = (branding: Branding | undefined): string | undefined =>
  branding?.logo ? `/api/v1/branding/logo?v=${branding.logo.slice(0, 16)}` : undefined;
