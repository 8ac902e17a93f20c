// Security training: one's own courses, and how far everybody is.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";

const TABS = ["mine", "progress", "courses", "rules"] as const;
export type TrainingTab = (typeof TABS)[number];

const trainingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/training",
  validateSearch: known((raw: Record<string, unknown>): { tab?: TrainingTab } => {
    const tab = TABS.find((t) => t === raw.tab);
    return tab && tab !== "mine" ? { tab } : {};
  }),
  component: lazyPage("training", () => import("./TrainingPage").then((m) => m.TrainingPage)),
});

const courseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/training/$course",
  component: lazyPage("course", () => import("./CoursePage").then((m) => m.CoursePage)),
});

export const trainingRoutes = [trainingRoute, courseRoute];
