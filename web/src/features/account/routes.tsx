import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";

export const TABS = ["profile", "password", "totp", "sessions"] as const;
export type AccountTab = (typeof TABS)[number];

export const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/account",
  validateSearch: known((search: Record<string, unknown>): { tab?: AccountTab } =>
    TABS.includes(search.tab as AccountTab) ? { tab: search.tab as AccountTab } : {},
  ),
  component: lazyPage("account", () => import("./AccountPage").then((m) => m.AccountPage)),
});
