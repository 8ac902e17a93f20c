// Requests, what was given for a time, and the flows by which it is decided.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";

const requestsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/requests",
  validateSearch: known((search: Record<string, unknown>): { tab?: string } =>
    typeof search.tab === "string" ? { tab: search.tab } : {},
  ),
  component: lazyPage("requests", () => import("./RequestsPage").then((m) => m.RequestsPage)),
});

const flowsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/requests/flows",
  beforeLoad: needs("setting.manage"),
  component: lazyPage("flows", () => import("./FlowsPage").then((m) => m.FlowsPage)),
});

const grantsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/access/grants",
  beforeLoad: needs("access.explain"),
  component: lazyPage("grants", () => import("./GrantsPage").then((m) => m.GrantsPage)),
});

export const requestRoutes = [requestsRoute, flowsRoute, grantsRoute] as const;
