// The question a page of the access log asks, as it stands in the address.

import { isMoment } from "@/shared/address";

export type Period = { from?: number; to?: number };

export type FeedSearch = Period & {
  users?: string[];
  departments?: string[];
  objects?: string[];
  actions?: string[];
  decisions?: string[];
  channels?: string[];
  /** Whether there was a business reason for each record. */
  explained?: "yes" | "no";
  /** Lines of other systems' logs, or what happened here. */
  foreign?: "yes" | "no";
  /** Lines of these systems' logs. */
  sources?: string[];
  /** The event that is open beside the list. */
  event?: string;
};

export const LISTS = ["users", "departments", "objects", "actions", "decisions", "channels", "sources"] as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isWord = (text: unknown): text is string => typeof text === "string" && /^[a-z][a-z0-9_.]{0,63}$/.test(text);

export const isId = (text: unknown): text is string => typeof text === "string" && UUID.test(text);

export function readPeriod(raw: Record<string, unknown>): Period {
  const period: Period = {};
  if (isMoment(raw.from)) period.from = raw.from;
  if (isMoment(raw.to)) period.to = raw.to;
  return period;
}

/** Reads an address; what is not understood is left out. */
export function readFeedSearch(raw: Record<string, unknown>): FeedSearch {
  const search: FeedSearch = readPeriod(raw);
  for (const name of LISTS) {
    const value = raw[name];
    if (!Array.isArray(value)) continue;
    const fits = name === "users" || name === "departments" ? isId : isWord;
    const words = value.filter(fits);
    if (words.length > 0) search[name] = words;
  }
  if (raw.explained === "yes" || raw.explained === "no") search.explained = raw.explained;
  if (raw.foreign === "yes" || raw.foreign === "no") search.foreign = raw.foreign;
  if (isId(raw.event)) search.event = raw.event;
  return search;
}

/** As the API's query has it. */
export function feedQuery({ event: _, ...search }: FeedSearch): Record<string, string | number> {
  const query: Record<string, string | number> = {};
  if (search.from !== undefined) query.from = search.from;
  if (search.to !== undefined) query.to = search.to;
  if (search.explained !== undefined) query.explained = search.explained;
  if (search.foreign !== undefined) query.foreign = search.foreign;
  for (const name of LISTS) {
    const words = search[name];
    if (words && words.length > 0) query[name] = words.join(",");
  }
  return query;
}

/** How many parts of the filter are set. */
export const filterCount = (search: FeedSearch): number =>
  LISTS.filter((name) => search[name]).length +
  (search.explained !== undefined ? 1 : 0) +
  (search.foreign !== undefined ? 1 : 0) +
  (search.from !== undefined || search.to !== undefined ? 1 : 0);
