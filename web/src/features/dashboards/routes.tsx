// Boards of charts.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";

const dashboardsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/dashboards",
  component: lazyPage("dashboards", () => import("./DashboardsPage").then((m) => m.DashboardsPage)),
});

const dashboardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/dashboards/$id",
  validateSearch: known((search: Record<string, unknown>): { edit?: boolean } =>
    search.edit === true ? { edit: true } : {},
  ),
  component: lazyPage("dashboard", () => import("./DashboardPage").then((m) => m.DashboardPage)),
});

export const dashboardRoutes = [dashboardsRoute, dashboardRoute] as const;
