// Audit reports: past ones, plans, and one of them.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { KINDS, type Kind } from "./report";

export type ReportsSearch = { tab?: "plans"; kind?: Kind };

const reportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reports",
  beforeLoad: needs("report.read"),
  validateSearch: known((raw: Record<string, unknown>): ReportsSearch => {
    const kind = KINDS.find((k) => k === raw.kind);
    return { ...(raw.tab === "plans" ? { tab: "plans" } : {}), ...(kind ? { kind } : {}) };
  }),
  component: lazyPage("ReportsPage", () => import("./ReportsPage").then((m) => m.ReportsPage)),
});
const reportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reports/$id",
  beforeLoad: needs("report.read"),
  component: lazyPage("ReportPage", () => import("./ReportPage").then((m) => m.ReportPage)),
});

export const reportRoutes = [reportsRoute, reportRoute] as const;
