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

const undoMergeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/merge/undo",
  validateSearch: known((search: Record<string, unknown>): { object: string; id: string; merge: number } => ({
    object: typeof search.object === "string" ? search.object : "",
    id: typeof search.id === "string" ? search.id : "",
    // The version that the merge gave the record.
    merge: typeof search.merge === "number" && Number.isSafeInteger(search.merge) ? search.merge : 0,
  })),
  component: lazyPage("merge-undo", () => import("./UndoMergePage").then((m) => m.UndoMergePage)),
});

export const duplicateRoutes = [mergeRoute, undoMergeRoute] as const;
