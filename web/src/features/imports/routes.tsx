// Imports: those of before, and the steps of a new one.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";

const importsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/imports",
  component: lazyPage("imports", () => import("./ImportsPage").then((m) => m.ImportsPage)),
});

const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/imports/$object",
  component: lazyPage("import", () => import("./ImportPage").then((m) => m.ImportPage)),
});

export const importRoutes = [importsRoute, importRoute] as const;
