// Background jobs, what a scan for duplicates found, and what became of an act on many records.

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

const outcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/bulk/$object/$id",
  component: lazyPage("outcome", () => import("./OutcomePage").then((m) => m.OutcomePage)),
});

export const jobRoutes = [jobsRoute, groupsRoute, outcomeRoute] as const;
