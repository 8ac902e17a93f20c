// What is taken from people for a time, what the house takes by itself, and decoys.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";

const TABS = ["now", "past", "rules", "evening", "canaries"] as const;
export type ResponseTab = (typeof TABS)[number];

export const responsesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/responses",
  validateSearch: known((raw: Record<string, unknown>): { tab?: ResponseTab } => {
    const tab = TABS.find((t) => t === raw.tab);
    return tab ? { tab } : {};
  }),
  beforeLoad: needs("response.take", "canary.manage", "detection.manage"),
  component: lazyPage("responses", () => import("./ResponsesPage").then((m) => m.ResponsesPage)),
});
