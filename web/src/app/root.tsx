// The root of all pages. Features hang their routes below it (features/<feature>/routes.tsx).

import { createRootRouteWithContext } from "@tanstack/react-router";
import type { Workspace } from "@/api/types";
import { NoSuchPage, PageFailed } from "./shell/PageFailed";
import { Shell } from "./shell/Shell";

export type RouterContext = { workspace: Workspace };

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Shell,
  notFoundComponent: NoSuchPage,
  errorComponent: PageFailed,
});
