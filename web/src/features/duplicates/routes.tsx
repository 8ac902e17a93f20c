// Merging records.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { MOST_MERGED } from "./merge";

const mergeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/merge",
  validateSearch: known((search: Record<string, unknown>): { object: string; ids: string[] } => ({
    object: typeof search.object === "string" ? search.object : "",
    // The first is the one that stays.
    ids: Array.isArray(search.ids)
      ? [...new Set(search.ids.filter((id) => typeof id === "string"))].slice(0, MOST_MERGED)
      : [],
  })),
  component: lazyPage("merge", () => import("./MergePage").then((m) => m.MergePage)),
});

export const duplicateRoutes = [mergeRoute] as const;
