import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { readPeopleSearch, readRolesSearch } from "./search";

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/people",
  beforeLoad: needs("directory.read"),
  validateSearch: known(readPeopleSearch),
  component: lazyPage("PeoplePage", () => import("./PeoplePage").then((m) => m.PeoplePage)),
});
const rolesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/roles",
  beforeLoad: needs("directory.read"),
  validateSearch: known(readRolesSearch),
  component: lazyPage("RolesPage", () => import("./RolesPage").then((m) => m.RolesPage)),
});

export const peopleRoutes = [peopleRoute, rolesRoute] as const;
