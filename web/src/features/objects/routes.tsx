import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

type ObjectSearch = { tab?: "fields" | "preview" | "settings" };

const objectsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/objects",
  beforeLoad: needs("directory.read"),
  component: lazyPage("ObjectsPage", () => import("./ObjectsPage").then((m) => m.ObjectsPage)),
});
const objectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/objects/$object",
  beforeLoad: needs("directory.read"),
  validateSearch: (raw: Record<string, unknown>): ObjectSearch =>
    raw.tab === "fields" || raw.tab === "preview" || raw.tab === "settings" ? { tab: raw.tab } : {},
  component: lazyPage("ObjectPage", () => import("./ObjectPage").then((m) => m.ObjectPage)),
});

export const objectRoutes = [objectsRoute, objectRoute] as const;
