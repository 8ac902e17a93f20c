// Pages of records of any object type.

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { readListSearch } from "./list/search";

export const listRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/records/$object",
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import("./list/ListPage"), "ListPage"),
});

export const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/records/$object/$id",
  validateSearch: (search: Record<string, unknown>): { tab?: string; edit?: boolean } => ({
    ...(typeof search.tab === "string" ? { tab: search.tab } : {}),
    ...(search.edit === true ? { edit: true } : {}),
  }),
  component: lazyRouteComponent(() => import("./record/RecordPage"), "RecordPage"),
});

export const recordRoutes = [listRoute, recordRoute] as const;
