// What somebody who leaves has, handed over.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

const handoverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/people/$id/handover",
  beforeLoad: needs("handover"),
  component: lazyPage("HandoverPage", () => import("./HandoverPage").then((m) => m.HandoverPage)),
});

export const handoverRoutes = [handoverRoute] as const;
