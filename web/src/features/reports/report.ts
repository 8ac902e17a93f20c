// A report as the API gives it, and the questions behind its numbers.

import type { FeedSearch } from "@/features/audit/search";

export const KINDS = [
  "management",
  "officer",
  "department",
  "person",
  "customer",
  "subject",
  "policy",
  "compliance",
] as const;
export type Kind = (typeof KINDS)[number];
export const UNITS = ["day", "week", "month"] as const;
export const FORMATS = ["pdf", "xlsx", "html", "csv", "json"] as const;

/** The parts that a kind can have, in their order; how it was made is in each. */
export const PARTS = {
  management: ["summary", "standing", "findings", "days", "departments", "operations"],
  officer: ["summary", "standing", "findings", "days", "departments", "people", "operations", "channels"],
  department: ["summary", "findings", "days", "departments", "people", "operations", "channels"],
  person: ["summary", "findings", "days", "operations", "channels"],
  customer: ["looks"],
  subject: ["looks"],
  policy: ["summary", "changes", "findings", "operations"],
  compliance: ["controls", "findings"],
} as const satisfies Record<Kind, readonly SectionId[]>;

/** Of these kinds, numbers count events, of which some channels and operations can be chosen. */
export const countsEvents = (kind: Kind) => ["management", "officer", "department", "person"].includes(kind);

export type SectionId =
  | "summary"
  | "standing"
  | "findings"
  | "days"
  | "departments"
  | "people"
  | "operations"
  | "channels"
  | "looks"
  | "changes"
  | "controls"
  | "method";

export type Words = { zh: string; en: string };

export type Query = {
  users?: string[];
  departments?: string[];
  actions?: string[];
  decisions?: string[];
  channels?: string[];
  explained?: boolean;
  from: number;
  until: number;
};

export type Figure = {
  id: string;
  value: number;
  is: "events" | "records" | "per_mille" | "count";
  before: number | null;
  query: Query | null;
};

export type Table = {
  id: string;
  columns: string[];
  rows: { key: string; label: Words; cells: { value: number; query?: Query }[] }[];
  more: number;
};

export type Finding = {
  rule: string;
  severity: "low" | "medium" | "high";
  title: Words;
  condition: Words;
  criteria: Words;
  cause: Words;
  effect: Words;
  recommendation: Words;
  page: string;
  query: Query | null;
};

export type Look = {
  event: string | null;
  at: number;
  user: string | null;
  user_name: string | null;
  action: string;
  decision: string;
  what: Words;
  why: Words | null;
};

export type Control = {
  id: string;
  law: string;
  law_en: string;
  version: string;
  date: string;
  clause: string;
  title: Words;
  value: number;
  is: "events" | "days" | "people" | "per_mille" | "rules";
  state: "met" | "not_met" | "shown";
  found: Words;
  missing: Words;
  page: string;
  lawyer: boolean;
  query: Query | null;
};

/** What was so when the report was made. */
export type Standing = {
  id: string;
  title: Words;
  value: number | null;
  before: number | null;
  is: string;
  good: boolean | null;
  page: string;
};

export type Section = {
  id: SectionId;
  figures?: Figure[];
  tables?: Table[];
  findings?: Finding[];
  looks?: Look[];
  more?: number;
  controls?: Control[];
  standing?: Standing[];
};

export type Report = {
  definition: { channels?: string[]; operations?: string[] };
  made: { at: number };
  zone: string;
  whole: boolean;
  compared: boolean;
  left_out: number;
  head: { origin: string; size: number; root: string };
  sections: Section[];
};

/** The question as the access log's page is asked it. The last moment is not in the period, and is in the page's. */
export function toLog(query: Query): FeedSearch {
  const { users, departments, actions, decisions, channels, explained, from, until } = query;
  return {
    foreign: "no",
    from,
    to: until,
    ...(users ? { users } : {}),
    ...(departments ? { departments } : {}),
    ...(actions ? { actions } : {}),
    ...(decisions ? { decisions } : {}),
    ...(channels ? { channels } : {}),
    ...(explained === undefined ? {} : { explained: explained ? "yes" : "no" }),
  };
}

/** A number as it is read. */
export const shown = (value: number, is: string): string =>
  is === "per_mille" ? `${Math.floor(value / 10)}.${value % 10}%` : value.toLocaleString("en-US");
