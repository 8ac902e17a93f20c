// A rule of detection: what its pages know of it, its text to begin with, and a filter made of what was ticked.

import type { DetectionRule, DetectionVersion } from "@/api/types";

export const TABS = ["text", "filters", "trial", "explain", "versions"] as const;
export type Tab = (typeof TABS)[number];
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
export type Family = (typeof FAMILIES)[number];
export const SEVERITIES = ["informational", "low", "medium", "high", "critical"] as const;

export const familyOf = (rule: { family: string }): Family => FAMILIES.find((f) => f === rule.family) ?? "other";

/** What alerts were worth: of those with a word, how many were wanted, in hundredths. */
export function precision(rule: Pick<DetectionRule, "wanted" | "expected">): number | undefined {
  const told = rule.wanted + rule.expected;
  return told === 0 ? undefined : Math.round((100 * rule.wanted) / told);
}

/** A text to begin with: reads, and counts. */
export const BEGIN = `name: my-rule-base
title: My rule (counted)
logsource:
  product: crm
  service: access
detection:
  selection:
    action: [view, reveal]
    decision: allowed
    seen.unexplained|gte: 1
  condition: selection
---
name: my-rule
title: My rule
level: medium
custom_attributes:
  family: duty
  title_zh: 我的规则
  why_zh: "{window}内查看了 {count} 个无业务理由的客户"
  why_en: "Saw {count} customers without a business reason within {window}"
correlation:
  type: value_count
  rules:
    - my-rule-base
  group-by:
    - actor.user_id
  timespan: 1d
  condition:
    gte: 10
    field: object.unexplained
`;

/** What is not to be told, as it was ticked. */
export type Quiet = {
  people?: string[];
  department?: string;
  role?: string;
  kind?: "service" | "agent";
  /** The last days of each month, so many. */
  monthEnd?: number;
  weekdays?: number[];
  from?: number;
  to?: number;
};

/** YAML of a filter of the rule: everything that is ticked must hold for it to be quiet. */
export function filterText(rule: string, title: string, quiet: Quiet): string {
  const plain = (text: string) => JSON.stringify(text);
  const lines: string[] = [];
  const several = (field: string, values: (string | number)[]) =>
    lines.push(`    ${field}:`, ...values.map((v) => `      - ${typeof v === "number" ? v : plain(v)}`));
  if (quiet.people?.length) several("actor.user_id", quiet.people);
  if (quiet.department) lines.push(`    actor.department_path: ${plain(quiet.department)}`);
  if (quiet.role) lines.push(`    actor.roles: ${plain(quiet.role)}`);
  if (quiet.kind) lines.push(`    actor.account_kind: ${quiet.kind}`);
  if (quiet.monthEnd) lines.push(`    ctx.month_left|lt: ${quiet.monthEnd}`);
  if (quiet.weekdays?.length) several("ctx.weekday", quiet.weekdays);
  if (quiet.from !== undefined) lines.push(`    ctx.hour|gte: ${quiet.from}`);
  if (quiet.to !== undefined) lines.push(`    ctx.hour|lt: ${quiet.to}`);
  if (lines.length === 0) return "";
  return `title: ${plain(title)}
logsource:
  product: crm
  service: access
filter:
  rules:
    - ${rule}
  quiet:
${lines.join("\n")}
  condition: not quiet
`;
}

/** The title of a filter, as its text says. */
export const filterTitle = (text: string): string | undefined =>
  /^title:\s*(?:"((?:[^"\\]|\\.)*)"|(.*))$/m
    .exec(text)
    ?.slice(1)
    .find((t) => t !== undefined)
    ?.replaceAll(/\\(.)/g, "$1");

/** A version as one text, for telling two of them apart. */
export function wholeText(version: Pick<DetectionVersion, "state" | "severity" | "text" | "filters">): string {
  const head = `# state: ${version.state}${version.severity ? `\n# severity: ${version.severity}` : ""}\n`;
  const body = version.text ?? "";
  return [head + body, ...version.filters].map((part) => part.trimEnd()).join("\n---\n");
}
