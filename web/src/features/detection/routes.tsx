// Rules of detection, for who reads alerts; changed by who has the duty.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { FAMILIES, type Family, TABS, type Tab } from "./rule";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The job of a trial. */
const trialOf = (raw: Record<string, unknown>): { trial?: string } =>
  typeof raw.trial === "string" && ID.test(raw.trial) ? { trial: raw.trial } : {};

export const detectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/detection/rules",
  beforeLoad: needs("alert.read"),
  validateSearch: known((raw: Record<string, unknown>): { family?: Family; off?: true } => {
    const family = FAMILIES.find((f) => f === raw.family);
    return { ...(family ? { family } : {}), ...(raw.off === true ? { off: true } : {}) };
  }),
  component: lazyPage("detection", () => import("./RulesPage").then((m) => m.RulesPage)),
});

export const detectionNewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/detection/new",
  beforeLoad: needs("detection.manage"),
  validateSearch: known((raw: Record<string, unknown>) => trialOf(raw)),
  component: lazyPage("detectionNew", () => import("./NewRulePage").then((m) => m.NewRulePage)),
});

export const detectionRuleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/detection/rules/$rule",
  beforeLoad: needs("alert.read"),
  // `alert`: whose proposal of a filter the form begins with. `trial`: the job that is looked at.
  validateSearch: known((raw: Record<string, unknown>): { tab?: Tab; alert?: string; trial?: string } => {
    const tab = TABS.find((t) => t === raw.tab);
    const alert = typeof raw.alert === "string" && ID.test(raw.alert) ? raw.alert : undefined;
    if (!tab || tab === "text") return {};
    if (tab === "filters" && alert) return { tab, alert };
    return { tab, ...(tab === "trial" ? trialOf(raw) : {}) };
  }),
  component: lazyPage("detectionRule", () => import("./RulePage").then((m) => m.RulePage)),
});
