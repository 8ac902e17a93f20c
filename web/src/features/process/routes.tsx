// Public pools, and their rules.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";

const poolsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/pools",
  validateSearch: known((search: Record<string, unknown>): { pool?: string } =>
    typeof search.pool === "string" ? { pool: search.pool } : {},
  ),
  component: lazyPage("pools", () => import("./PoolsPage").then((m) => m.PoolsPage)),
});

const poolRulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/pools/rules",
  component: lazyPage("pool-rules", () => import("./PoolRulesPage").then((m) => m.PoolRulesPage)),
});

export const processRoutes = [poolsRoute, poolRulesRoute] as const;
