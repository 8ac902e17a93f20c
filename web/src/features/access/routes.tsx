import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { readAccessSearch } from "./search";

export const accessRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/access/why",
  validateSearch: readAccessSearch,
  component: lazyRouteComponent(() => import("./AccessPage"), "AccessPage"),
});
