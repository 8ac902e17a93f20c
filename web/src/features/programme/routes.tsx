// The audit programme with its calendar, and management's numbers.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

const programmeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/programme",
  beforeLoad: needs("programme.read"),
  component: lazyPage("ProgrammePage", () => import("./ProgrammePage").then((m) => m.ProgrammePage)),
});
const oversightRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/oversight",
  beforeLoad: needs("programme.read"),
  component: lazyPage("OversightPage", () => import("./OversightPage").then((m) => m.OversightPage)),
});

export const programmeRoutes = [programmeRoute, oversightRoute] as const;
