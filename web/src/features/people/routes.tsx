import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { readPeopleSearch, readRolesSearch } from "./search";

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/people",
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import("./PeoplePage"), "PeoplePage"),
});
const rolesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/roles",
  validateSearch: readRolesSearch,
  component: lazyRouteComponent(() => import("./RolesPage"), "RolesPage"),
});

export const peopleRoutes = [peopleRoute, rolesRoute] as const;
