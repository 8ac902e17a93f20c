// What the pages of leavers ask, and the words of the API that they know. Their words come with them.

import type { components } from "@/api/schema";
import type { FeedSearch } from "@/features/audit/search";
import { addWords } from "@/i18n";
import { en, zh } from "./pageWords";

addWords("leavers", { zh, en });

type Schemas = components["schemas"];
export type Item = Schemas["LeaverItem"];
export type Detail = Schemas["LeaverDetail"];
export type LookBack = Schemas["LeaverLookBack"];
export type Figure = Schemas["LeaverFigure"];
export type Standing = Schemas["LeaverStanding"];

export const LEAVERS = ["leavers"];

export const STATES = ["open", "judged", "closed", "withdrawn"] as const;
export const VERDICTS = ["nothing_unusual", "explained", "case"] as const;
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export const UNMET = ["leaver_unjudged", "leaver_account_active", "leaver_not_handed_over"] as const;
export const FIGURES = [
  "customers",
  "views",
  "reveals",
  "exports",
  "exported",
  "prints",
  "files",
  "api",
  "off_hours",
  "unexplained",
  "shares",
  "emergency",
  "refused",
  "alerts",
  "cases",
] as const;

export const STATE_COLOUR = {
  open: "processing",
  judged: "warning",
  closed: "success",
  withdrawn: "default",
} as const;
export const VERDICT_COLOUR = { nothing_unusual: "success", explained: "default", case: "error" } as const;

/** One of these words, or the first of them for one that is not known here. */
export const oneOf = <T extends string>(all: readonly [T, ...T[]], word: string): T =>
  all.find((one) => one === word) ?? all[0];

/** Where a figure's numbers are counted from and to. */
export type Window = "earlier" | "before" | "since";

const span = (look: LookBack, window: Window): { from: number; to: number } =>
  ({
    earlier: { from: look.earlier_from, to: look.before_from },
    before: { from: look.before_from, to: look.notice_at },
    since: { from: look.notice_at, to: look.until },
  })[window];

/** The question of the access log whose answer a number's events are. */
export function toLog(look: LookBack, figure: Figure, window: Window, user: string): FeedSearch | undefined {
  const asked = figure.question;
  if (asked === null) return undefined;
  return {
    ...span(look, window),
    users: [user],
    actions: asked.actions,
    foreign: "no",
    ...(asked.decision === null ? {} : { decisions: [asked.decision] }),
    ...(asked.channel === null ? {} : { channels: [asked.channel] }),
    ...(asked.explained === null ? {} : { explained: asked.explained ? ("yes" as const) : ("no" as const) }),
  };
}
