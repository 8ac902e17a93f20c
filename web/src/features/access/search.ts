// A question about rights, as it stands in the address.

import { type Period, readPeriod } from "../audit/search";

export const TABS = ["why", "who", "what", "compare"] as const;
export type Tab = (typeof TABS)[number];
export type AccessSearch = {
  tab?: Tab;
  user?: string;
  /** Whom they are compared with. */
  other?: string;
  action?: string;
  object?: string;
  record?: string;
  /** As the API assumes if left out: with a second factor and a purpose. */
  mfa?: boolean;
  purpose?: boolean;
  /** A moment of the past, for who and what: as it was then. */
  at?: number;
};

const word = (value: unknown) => typeof value === "string" && /^[\w.-]{1,64}$/.test(value);

export function readAccessSearch(raw: Record<string, unknown>): AccessSearch {
  const search: AccessSearch = {};
  if (TABS.includes(raw.tab as Tab)) search.tab = raw.tab as Tab;
  for (const name of ["user", "other", "action", "object", "record"] as const)
    if (word(raw[name])) search[name] = raw[name] as string;
  for (const name of ["mfa", "purpose"] as const) if (typeof raw[name] === "boolean") search[name] = raw[name];
  if (typeof raw.at === "number" && Number.isSafeInteger(raw.at) && raw.at > 0) search.at = raw.at;
  return search;
}

/** The span of time that shares of explained accesses are of. */
export const readReasonsSearch = (raw: Record<string, unknown>): Period => readPeriod(raw);

/** Whether all that the question needs is there. */
export function isComplete({ tab = "why", user, other, action, object, record }: AccessSearch): boolean {
  if (tab === "why") return Boolean(user && action && object && record);
  if (tab === "who") return Boolean(action && object && record);
  if (tab === "compare") return Boolean(user && other && object);
  return Boolean(user && object);
}
