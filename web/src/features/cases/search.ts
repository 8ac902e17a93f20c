// What the pages of cases ask, as it stands in their addresses.

export const STATES = ["new", "investigating", "awaiting_answer", "contained", "closed"] as const;
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export const VERDICTS = ["malicious", "careless", "expected", "unfounded"] as const;
export const KINDS = [
  "no_export",
  "throttle",
  "step_up",
  "suspend",
  "end_sessions",
  "narrow_role",
  "revoke_grant",
  "talk",
  "other",
] as const;
/** Those that are taken from the subject, for a time. */
export const TAKES = ["no_export", "throttle", "step_up", "suspend"] as const;
/** Where an alert stands, and what it turned out to be. */
export const ALERT_STATES = ["open", "snoozed", "closed"] as const;
export const FEEDBACK = ["malicious", "suspicious", "expected", "unknown"] as const;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TABS = ["list", "board", "figures"] as const;

export type State = (typeof STATES)[number];
export type Severity = (typeof SEVERITIES)[number];
export type CasesSearch = {
  tab?: (typeof TABS)[number];
  /** A state, or `open` for all that are not closed. */
  state?: State | "open";
  severity?: Severity;
  mine?: true;
  overdue?: true;
  /** Alerts that a case is to be opened from: the dialog is open. */
  alerts?: string[];
};

const one = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((v) => v === value);

export function readCasesSearch(search: Record<string, unknown>): CasesSearch {
  const tab = one(TABS, search.tab);
  const state = search.state === "open" ? "open" : one(STATES, search.state);
  const severity = one(SEVERITIES, search.severity);
  const named = Array.isArray(search.alerts) ? search.alerts : [];
  const alerts = named.filter((id): id is string => typeof id === "string" && ID.test(id)).slice(0, 50);
  return {
    ...(tab && tab !== "list" ? { tab } : {}),
    ...(state ? { state } : {}),
    ...(severity ? { severity } : {}),
    ...(search.mine === true ? { mine: true as const } : {}),
    ...(search.overdue === true ? { overdue: true as const } : {}),
    ...(alerts.length > 0 ? { alerts } : {}),
  };
}

/** The event ids in what was typed: one a line, or parted by commas and spaces. */
export const idsOf = (text: string | undefined): string[] => [
  ...new Set((text ?? "").split(/[\s,，;；]+/).filter((id) => id !== "")),
];
