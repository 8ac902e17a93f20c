// What is taken from people for a time, what the house takes by itself, and decoys.

import { createRoute, notFound } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";

const TABS = ["now", "past", "rules", "canaries"] as const;
export type ResponseTab = (typeof TABS)[number];

export const responsesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/responses",
  beforeLoad: ({ context }) => {
    const { duties } = context.workspace;
    if (!duties.includes("response.take") && !duties.includes("canary.manage")) throw notFound();
  },
  validateSearch: known((raw: Record<string, unknown>): { tab?: ResponseTab } => {
    const tab = TABS.find((t) => t === raw.tab);
    return tab ? { tab } : {};
  }),
  component: lazyPage("responses", () => import("./ResponsesPage").then((m) => m.ResponsesPage)),
});
