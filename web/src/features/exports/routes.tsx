// Exports past and under way, and where a file came from.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import type { ExportsSearch } from "./state";

const TABS = ["mine", "all", "trace"] as const;

const exportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/exports",
  validateSearch: known((raw: Record<string, unknown>): ExportsSearch => {
    const tab = TABS.find((known) => known === raw.tab);
    return {
      ...(tab ? { tab } : {}),
      ...(typeof raw.state === "string" ? { state: raw.state } : {}),
      ...(typeof raw.user === "string" ? { user: raw.user } : {}),
    };
  }),
  component: lazyPage("ExportsPage", () => import("./ExportsPage").then((m) => m.ExportsPage)),
});

export const exportRoutes = [exportsRoute] as const;
