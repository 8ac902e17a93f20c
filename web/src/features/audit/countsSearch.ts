import { type FeedSearch, readFeedSearch } from "./search";

export const BY = ["day", "week_hour", "user", "department", "operation"] as const;
export type By = (typeof BY)[number];
export type Measure = "events" | "touches";
export type CountsSearch = FeedSearch & { by?: By; measure?: Measure };

export function readCountsSearch(raw: Record<string, unknown>): CountsSearch {
  const { event: _, ...search } = readFeedSearch(raw);
  return {
    ...search,
    ...(BY.includes(raw.by as By) ? { by: raw.by as By } : {}),
    ...(raw.measure === "events" || raw.measure === "touches" ? { measure: raw.measure } : {}),
  };
}
