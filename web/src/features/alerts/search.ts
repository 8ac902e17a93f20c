// What the list of alerts asks, as it stands in the address.

export const STATES = ["open", "snoozed", "closed"] as const;
export const SEVERITIES = ["critical", "high", "medium", "low", "informational"] as const;
export const FAMILIES = [
  "volume",
  "duty",
  "time_and_place",
  "probing",
  "privilege",
  "leaver",
  "scraping",
  "canary",
  "other",
] as const;
export const FEEDBACK = ["malicious", "suspicious", "expected", "unknown"] as const;
export const DAYS = ["1", "7", "30"] as const;

export type State = (typeof STATES)[number];
export type Severity = (typeof SEVERITIES)[number];
export type Family = (typeof FAMILIES)[number];
export type Feedback = (typeof FEEDBACK)[number];

export type AlertSearch = {
  /** Open ones if left out. */
  states?: State[];
  severities?: Severity[];
  families?: Family[];
  user?: string;
  rule?: string;
  days?: (typeof DAYS)[number];
  sort?: "recent";
};

const several = <T extends string>(raw: unknown, known: readonly T[]): T[] | undefined => {
  const list = Array.isArray(raw) ? raw : typeof raw === "string" ? raw.split(",") : [];
  const found = known.filter((one) => list.includes(one));
  return found.length > 0 ? found : undefined;
};
const text = (raw: unknown): string | undefined =>
  typeof raw === "string" && /^[\w-]{1,80}$/.test(raw) ? raw : undefined;

export function readAlertSearch(raw: Record<string, unknown>): AlertSearch {
  const states = several(raw.states, STATES);
  const severities = several(raw.severities, SEVERITIES);
  const families = several(raw.families, FAMILIES);
  const user = text(raw.user);
  const rule = text(raw.rule);
  const days = DAYS.find((d) => d === String(raw.days));
  return {
    ...(states ? { states } : {}),
    ...(severities ? { severities } : {}),
    ...(families ? { families } : {}),
    ...(user && /^[0-9a-f-]{36}$/.test(user) ? { user } : {}),
    ...(rule ? { rule } : {}),
    ...(days ? { days } : {}),
    ...(raw.sort === "recent" ? { sort: "recent" as const } : {}),
  };
}

/** Whether an alert that has come belongs into the list. */
export function passes(
  alert: { state: string; severity: string; family: string; subject: string; rule: string },
  search: AlertSearch,
): boolean {
  const among = (list: readonly string[] | undefined, one: string) => list === undefined || list.includes(one);
  return (
    among(search.states ?? ["open"], alert.state) &&
    among(search.severities, alert.severity) &&
    among(search.families, alert.family) &&
    (search.user === undefined || search.user === alert.subject) &&
    (search.rule === undefined || search.rule === alert.rule)
  );
}
