import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";

const TABS = [
  "company",
  "branding",
  "calendar",
  "mail",
  "channels",
  "retention",
  "reveals",
  "exports",
  "files",
] as const;
type SettingsSearch = { tab?: (typeof TABS)[number] };

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  beforeLoad: needs("setting.manage"),
  validateSearch: known((raw: Record<string, unknown>): SettingsSearch => {
    const tab = TABS.find((known) => known === raw.tab);
    return tab ? { tab } : {};
  }),
  component: lazyPage("SettingsPage", () => import("./SettingsPage").then((m) => m.SettingsPage)),
});
