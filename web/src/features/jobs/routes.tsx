// Background jobs, and what a scan for duplicates found.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";

const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/jobs",
  component: lazyPage("jobs", () => import("./JobsPage").then((m) => m.JobsPage)),
});

const groupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/duplicates/$object/$id",
  component: lazyPage("groups", () => import("./GroupsPage").then((m) => m.GroupsPage)),
});

export const jobRoutes = [jobsRoute, groupsRoute] as const;
