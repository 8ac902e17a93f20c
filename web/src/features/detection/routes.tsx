// Rules of detection, for who reads alerts; changed by who has the duty.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { FAMILIES, type Family, TABS, type Tab } from "./rule";

/** The job of a trial. */
const trialOf = (raw: Record<string, unknown>): { trial?: string } =>
  typeof raw.trial === "string" && /^[0-9a-f-]{36}$/.test(raw.trial) ? { trial: raw.trial } : {};

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
  validateSearch: known((raw: Record<string, unknown>): { tab?: Tab; trial?: string } => {
    const tab = TABS.find((t) => t === raw.tab);
    return { ...(tab && tab !== "text" ? { tab } : {}), ...(tab === "trial" ? trialOf(raw) : {}) };
  }),
  component: lazyPage("detectionRule", () => import("./RulePage").then((m) => m.RulePage)),
});
