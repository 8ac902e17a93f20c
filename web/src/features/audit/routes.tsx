// Pages of those who audit.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { readCountsSearch } from "./countsSearch";
import { isId, type Period, readFeedSearch, readPeriod } from "./search";

const parent = { getParentRoute: () => rootRoute, beforeLoad: needs("audit.read") };

const feedRoute = createRoute({
  ...parent,
  path: "/audit/log",
  validateSearch: known(readFeedSearch),
  component: lazyPage("FeedPage", () => import("./FeedPage").then((m) => m.FeedPage)),
});
const eventRoute = createRoute({
  ...parent,
  path: "/audit/log/$id",
  component: lazyPage("EventPage", () => import("./EventPage").then((m) => m.EventPage)),
});
const seenStartRoute = createRoute({
  ...parent,
  path: "/audit/seen",
  component: lazyPage("SeenStart", () => import("./SeenPage").then((m) => m.SeenStart)),
});
const seenRoute = createRoute({
  ...parent,
  path: "/audit/seen/$id",
  validateSearch: known((raw: Record<string, unknown>): Period & { customer?: string } => ({
    ...readPeriod(raw),
    ...(isId(raw.customer) ? { customer: raw.customer } : {}),
  })),
  component: lazyPage("SeenPage", () => import("./SeenPage").then((m) => m.SeenPage)),
});
const userStartRoute = createRoute({
  ...parent,
  path: "/audit/users",
  component: lazyPage("UserStart", () => import("./UserPage").then((m) => m.UserStart)),
});
const userRoute = createRoute({
  ...parent,
  path: "/audit/users/$id",
  validateSearch: known(readPeriod),
  component: lazyPage("UserPage", () => import("./UserPage").then((m) => m.UserPage)),
});
const countsRoute = createRoute({
  ...parent,
  path: "/audit/counts",
  validateSearch: known(readCountsSearch),
  component: lazyPage("CountsPage", () => import("./CountsPage").then((m) => m.CountsPage)),
});
const ledgerRoute = createRoute({
  ...parent,
  path: "/audit/ledger",
  component: lazyPage("LedgerPage", () => import("./LedgerPage").then((m) => m.LedgerPage)),
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
