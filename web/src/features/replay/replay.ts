// A replay's answer, read: which changes there are, what cannot be told, and all of it as a file.

import type { ReplayAnswer } from "@/api/types";

export const CHANGES = ["refused", "masked", "hidden", "allowed", "shown"] as const;
export type Change = (typeof CHANGES)[number];
const WHYS = ["person", "policy", "record", "relation", "fields", "request", "unlike", "dropped"] as const;

/** A server may be newer: what is not known is told as what cannot be reproduced. */
export const knownWhy = (why: string) => WHYS.find((w) => w === why) ?? "unlike";
export const knownChange = (change: string): Change => CHANGES.find((c) => c === change) ?? "refused";

/** Whole days that a replay goes back, so that all since then is in it. */
export const daysSince = (at: number, now: number) => Math.max(1, Math.ceil((now - at) / 86_400_000));

export const untoldOf = (answer: Pick<ReplayAnswer, "untold">) => answer.untold.reduce((sum, u) => sum + u.accesses, 0);

/** What a spreadsheet must not take for a formula is told as text. */
const cell = (value: string | number) => {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line for each person, department, operation and rule, and one for each example. */
export function csvOf(answer: ReplayAnswer): string {
  const head = ["kind", "of", "name", ...CHANGES];
  const kinds = [
    ["user", answer.by_user],
    ["department", answer.by_department],
    ["action", answer.by_action],
    ["rule", answer.by_rule],
  ] as const;
  const lines = kinds.flatMap(([kind, all]) =>
    all.map((line) => [kind, line.of, line.name, ...CHANGES.map((c) => line.counts[c])]),
  );
  const untold = answer.untold.map((u) => ["untold", u.why, "", u.accesses]);
  const examples = answer.examples.map((e) => [
    "example",
    e.event,
    new Date(e.at).toISOString(),
    e.change,
    e.action,
    e.object ?? "",
    e.fields.join(" "),
    e.rules.join(" "),
  ]);
  const all: (string | number)[][] = [head, ["all", "", "", ...CHANGES.map((c) => answer.counts[c])]];
  return `\uFEFF${[...all, ...lines, ...untold, ...examples].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}
