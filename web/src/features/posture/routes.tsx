// Security posture: what of the instance is as it should be, and who sees to the rest.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { AREAS, type Area, SHOWN, type Shown } from "./posture";

export type PostureSearch = { show?: Shown; area?: Area };

export const postureRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/posture",
  beforeLoad: needs("posture.read"),
  validateSearch: known((raw: Record<string, unknown>): PostureSearch => {
    const show = SHOWN.find((s) => s === raw.show);
    const area = AREAS.find((a) => a === raw.area);
    return { ...(show && show !== "wrong" ? { show } : {}), ...(area ? { area } : {}) };
  }),
  component: lazyPage("PosturePage", () => import("./PosturePage").then((m) => m.PosturePage)),
});
