import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";

const TABS = ["fields", "rules", "layout", "preview", "versions", "approval", "settings"] as const;
type ObjectSearch = { tab?: (typeof TABS)[number] };

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
  validateSearch: known((raw: Record<string, unknown>): ObjectSearch => {
    const tab = TABS.find((t) => t === raw.tab);
    return tab ? { tab } : {};
  }),
  component: lazyPage("ObjectPage", () => import("./ObjectPage").then((m) => m.ObjectPage)),
});

export const objectRoutes = [objectsRoute, objectRoute] as const;
