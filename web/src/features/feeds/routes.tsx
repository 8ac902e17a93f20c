// Other systems' access logs.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

export const feedsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/feeds",
  beforeLoad: needs("feed.manage"),
  component: lazyPage("feeds", () => import("./FeedsPage").then((m) => m.FeedsPage)),
});
