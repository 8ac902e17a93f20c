// Leavers: who leaves, and one of them.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

const leaversRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/leavers",
  beforeLoad: needs("leaver.read"),
  component: lazyPage("leavers", () => import("./LeaversPage").then((m) => m.LeaversPage)),
});

const leaverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/leavers/$id",
  beforeLoad: needs("leaver.read"),
  component: lazyPage("leaver", () => import("./LeaverPage").then((m) => m.LeaverPage)),
});

export const leaverRoutes = [leaversRoute, leaverRoute] as const;
