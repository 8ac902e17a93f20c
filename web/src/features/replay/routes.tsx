import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";

export const replayRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/roles/replays/$id",
  validateSearch: known((search: Record<string, unknown>): { effect?: number } => {
    const effect = Number(search.effect);
    return Number.isSafeInteger(effect) && effect > 1 ? { effect } : {};
  }),
  beforeLoad: needs("policy.manage"),
  component: lazyPage("replay", () => import("./ReplayPage").then((m) => m.ReplayPage)),
});
