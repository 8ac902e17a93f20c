// What the pages of vulnerabilities ask, as it stands in their addresses.

export const STATES = ["open", "fixed", "verified", "accepted", "false_positive"] as const;
export const SEVERITIES = ["critical", "high", "medium", "low", "informational"] as const;
export const STEPS = [
  "found",
  "not_fixed",
  "shown_again",
  "verified",
  "regraded",
  "assigned",
  "due",
  "fixed",
  "asked",
  "accepted",
  "false_positive",
  "declined",
  "reopened",
  "expired",
  "outgrown",
  "overdue",
] as const;
const TABS = ["list", "trend", "scans", "rules"] as const;
const LONGEST_ASSET = 120;

export type State = (typeof STATES)[number];
export type Severity = (typeof SEVERITIES)[number];
export type FindingsTab = (typeof TABS)[number];
export type FindingsSearch = {
  tab?: FindingsTab;
  /** A state, or `all`; without one, what is to be done. */
  state?: State | "all";
  severity?: Severity;
  asset?: string;
  mine?: true;
  overdue?: true;
  waits?: true;
};

const one = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((v) => v === value);

export function readFindingsSearch(search: Record<string, unknown>): FindingsSearch {
  const tab = one(TABS, search.tab);
  const state = search.state === "all" ? "all" : one(STATES, search.state);
  const severity = one(SEVERITIES, search.severity);
  const asset = typeof search.asset === "string" ? search.asset.slice(0, LONGEST_ASSET) : "";
  return {
    ...(tab && tab !== "list" ? { tab } : {}),
    ...(state ? { state } : {}),
    ...(severity ? { severity } : {}),
    ...(asset ? { asset } : {}),
    ...(search.mine === true ? { mine: true as const } : {}),
    ...(search.overdue === true ? { overdue: true as const } : {}),
    ...(search.waits === true ? { waits: true as const } : {}),
  };
}
