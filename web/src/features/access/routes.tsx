import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { readAccessSearch } from "./search";

export const accessRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/access/why",
  beforeLoad: needs("access.explain"),
  validateSearch: known(readAccessSearch),
  component: lazyPage("AccessPage", () => import("./AccessPage").then((m) => m.AccessPage)),
});
