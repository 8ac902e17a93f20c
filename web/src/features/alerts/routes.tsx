// Alerts: for those who handle them, and those who see that it was done.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { readAlertSearch } from "./search";

const parent = { getParentRoute: () => rootRoute, beforeLoad: needs("alert.read") };

const alertsRoute = createRoute({
  ...parent,
  path: "/alerts",
  validateSearch: known(readAlertSearch),
  component: lazyPage("AlertsPage", () => import("./AlertsPage").then((m) => m.AlertsPage)),
});
const alertRoute = createRoute({
  ...parent,
  path: "/alerts/$id",
  component: lazyPage("AlertPage", () => import("./AlertPage").then((m) => m.AlertPage)),
});

export const alertRoutes = [alertsRoute, alertRoute] as const;
