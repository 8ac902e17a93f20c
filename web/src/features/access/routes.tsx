import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";
import { readAccessSearch } from "./search";

export const accessRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/access/why",
  beforeLoad: needs("access.explain"),
  validateSearch: readAccessSearch,
  component: lazyRouteComponent(() => import("./AccessPage"), "AccessPage"),
});
