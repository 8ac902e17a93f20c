import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

type SettingsSearch = { tab?: "company" | "calendar" | "retention" | "exports" | "files" };

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  beforeLoad: needs("setting.manage"),
  validateSearch: (raw: Record<string, unknown>): SettingsSearch =>
    raw.tab === "company" ||
    raw.tab === "calendar" ||
    raw.tab === "retention" ||
    raw.tab === "exports" ||
    raw.tab === "files"
      ? { tab: raw.tab }
      : {},
  component: lazyPage("SettingsPage", () => import("./SettingsPage").then((m) => m.SettingsPage)),
});
