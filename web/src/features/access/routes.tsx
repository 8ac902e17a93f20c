import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { readAccessSearch, readReasonsSearch } from "./search";

export const reasonsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/audit/reasons",
  beforeLoad: needs("access.explain"),
  validateSearch: known(readReasonsSearch),
  component: lazyPage("ReasonsPage", () => import("./ReasonsPage").then((m) => m.ReasonsPage)),
});

export const accessRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/access/why",
  beforeLoad: needs("access.explain"),
  validateSearch: known(readAccessSearch),
  component: lazyPage("AccessPage", () => import("./AccessPage").then((m) => m.AccessPage)),
});
