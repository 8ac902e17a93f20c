import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

export const sizingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/access/rightsizing",
  beforeLoad: needs("rights.read"),
  component: lazyPage("rightsizing", () => import("./SizingPage").then((m) => m.SizingPage)),
});
