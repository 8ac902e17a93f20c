import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { readFindingsSearch } from "./search";

const findingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/findings",
  beforeLoad: needs("finding.read"),
  validateSearch: known(readFindingsSearch),
  component: lazyPage("FindingsPage", () => import("./FindingsPage").then((m) => m.FindingsPage)),
});
const findingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/findings/$id",
  beforeLoad: needs("finding.read"),
  component: lazyPage("FindingPage", () => import("./FindingPage").then((m) => m.FindingPage)),
});

export const findingRoutes = [findingsRoute, findingRoute] as const;
