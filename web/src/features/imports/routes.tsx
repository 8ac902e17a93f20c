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

const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/imports/$object/$id",
  component: lazyPage("import-run", () => import("./ImportRunPage").then((m) => m.ImportRunPage)),
});

export const importRoutes = [importsRoute, importRoute, runRoute] as const;
