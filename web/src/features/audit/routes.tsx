// Pages of those who audit.

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";
import { readCountsSearch } from "./countsSearch";
import { isId, type Period, readFeedSearch, readPeriod } from "./search";

const parent = { getParentRoute: () => rootRoute, beforeLoad: needs("audit.read") };

const feedRoute = createRoute({
  ...parent,
  path: "/audit/log",
  validateSearch: readFeedSearch,
  component: lazyRouteComponent(() => import("./FeedPage"), "FeedPage"),
});
const eventRoute = createRoute({
  ...parent,
  path: "/audit/log/$id",
  component: lazyRouteComponent(() => import("./EventPage"), "EventPage"),
});
const seenStartRoute = createRoute({
  ...parent,
  path: "/audit/seen",
  component: lazyRouteComponent(() => import("./SeenPage"), "SeenStart"),
});
const seenRoute = createRoute({
  ...parent,
  path: "/audit/seen/$id",
  validateSearch: (raw: Record<string, unknown>): Period & { customer?: string } => ({
    ...readPeriod(raw),
    ...(isId(raw.customer) ? { customer: raw.customer } : {}),
  }),
  component: lazyRouteComponent(() => import("./SeenPage"), "SeenPage"),
});
const userStartRoute = createRoute({
  ...parent,
  path: "/audit/users",
  component: lazyRouteComponent(() => import("./UserPage"), "UserStart"),
});
const userRoute = createRoute({
  ...parent,
  path: "/audit/users/$id",
  validateSearch: readPeriod,
  component: lazyRouteComponent(() => import("./UserPage"), "UserPage"),
});
const countsRoute = createRoute({
  ...parent,
  path: "/audit/counts",
  validateSearch: readCountsSearch,
  component: lazyRouteComponent(() => import("./CountsPage"), "CountsPage"),
});
const ledgerRoute = createRoute({
  ...parent,
  path: "/audit/ledger",
  component: lazyRouteComponent(() => import("./LedgerPage"), "LedgerPage"),
});

export const auditRoutes = [
  feedRoute,
  eventRoute,
  seenStartRoute,
  seenRoute,
  userStartRoute,
  userRoute,
  countsRoute,
  ledgerRoute,
] as const;
