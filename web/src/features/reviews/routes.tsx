// Access reviews: campaigns, one of them, and what is one's own to answer.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";

const reviewsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reviews",
  beforeLoad: needs("review.read"),
  validateSearch: known((raw: Record<string, unknown>): { tab?: "plans" } =>
    raw.tab === "plans" ? { tab: "plans" } : {},
  ),
  component: lazyPage("reviews", () => import("./ReviewsPage").then((m) => m.ReviewsPage)),
});

const ownRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reviews/mine",
  component: lazyPage("own-reviews", () => import("./QueuePage").then((m) => m.QueuePage)),
});

const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reviews/$id",
  beforeLoad: needs("review.read"),
  component: lazyPage("review", () => import("./ReviewPage").then((m) => m.ReviewPage)),
});

export const reviewRoutes = [reviewsRoute, ownRoute, reviewRoute] as const;
