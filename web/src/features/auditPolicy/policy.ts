// The audit policy as lines that people read, and what differs between two of them.

import type { AuditPolicy } from "@/api/types";

export type Depth = AuditPolicy["scope"][string];
export const CLASSES = ["refusals", "changes", "exports", "administration"] as const;

export const PARTS = ["scope", "frequency", "method", "retention"] as const;

export type Line = {
  part: (typeof PARTS)[number];
  key: string;
  /** An object type's name, where the line is about one. */
  object?: string;
  value: string | number | null | Depth;
};

/** Every setting of a policy as a line of its own; what says the same as nothing is left out. */
export function linesOf(policy: AuditPolicy): Line[] {
  const { scope, frequency, method, retention } = policy;
  return [
    ...Object.entries(scope)
      .filter(([, depth]) => depth.kind !== "full")
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([object, value]): Line => ({ part: "scope", key: `scope.${object}`, object, value })),
    { part: "frequency", key: "checkpoint", value: frequency.checkpoint_seconds },
    { part: "frequency", key: "verify", value: frequency.verify_hours },
    { part: "frequency", key: "review", value: frequency.review_days },
    { part: "method", key: "fields", value: method.fields },
    { part: "method", key: "question", value: method.question },
    { part: "retention", key: "days", value: retention.days },
    ...CLASSES.flatMap((name): Line[] => {
      const days = retention.longer?.[name];
      return days === undefined ? [] : [{ part: "retention", key: `longer.${name}`, value: days }];
    }),
  ];
}

export type Difference = { line: Line; from: Line["value"] | undefined; to: Line["value"] | undefined };

export function differences(from: AuditPolicy, to: AuditPolicy): Difference[] {
  const [before, after] = [linesOf(from), linesOf(to)];
  const all = [...after, ...before].sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part));
  const keys = [...new Set(all.map((line) => line.key))];
  return keys.flatMap((key) => {
    const [a, b] = [before.find((line) => line.key === key), after.find((line) => line.key === key)];
    const line = b ?? a;
    if (line === undefined || JSON.stringify(a?.value) === JSON.stringify(b?.value)) return [];
    return [{ line, from: a?.value, to: b?.value }];
  });
}
