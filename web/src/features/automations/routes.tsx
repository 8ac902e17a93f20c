// Rules of automation, what they did, and the systems outside that they tell.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";

const TABS = ["rules", "runs", "hooks"] as const;
export type AutomationTab = (typeof TABS)[number];

export const automationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/automations",
  beforeLoad: needs("object.manage"),
  validateSearch: known((raw: Record<string, unknown>): { tab?: AutomationTab } => {
    const tab = TABS.find((t) => t === raw.tab);
    return tab ? { tab } : {};
  }),
  component: lazyPage("automations", () => import("./AutomationsPage").then((m) => m.AutomationsPage)),
});
