// Pages of records of any object type.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { readListSearch } from "./list/search";

export const listRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/records/$object",
  validateSearch: known(readListSearch),
  component: lazyPage("list", () => import("./list/ListPage").then((m) => m.ListPage)),
});

export const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/records/$object/$id",
  validateSearch: known((search: Record<string, unknown>): { tab?: string; edit?: boolean } => ({
    ...(typeof search.tab === "string" ? { tab: search.tab } : {}),
    ...(search.edit === true ? { edit: true } : {}),
  })),
  component: lazyPage("record", () => import("./record/RecordPage").then((m) => m.RecordPage)),
});

export const recordRoutes = [listRoute, recordRoute] as const;
