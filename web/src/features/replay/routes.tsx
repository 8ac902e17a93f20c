import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

export const replayRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/roles/replays/$id",
  beforeLoad: needs("policy.manage"),
  component: lazyPage("replay", () => import("./ReplayPage").then((m) => m.ReplayPage)),
});
