import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";
import { readPeopleSearch, readRolesSearch } from "./search";

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/people",
  beforeLoad: needs("directory.read"),
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import("./PeoplePage"), "PeoplePage"),
});
const rolesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/roles",
  beforeLoad: needs("directory.read"),
  validateSearch: readRolesSearch,
  component: lazyRouteComponent(() => import("./RolesPage"), "RolesPage"),
});

export const peopleRoutes = [peopleRoute, rolesRoute] as const;
