// A condition in a line, by the names of fields and signs that both languages read.

import type { Condition } from "@/api/types";

const SIGNS: Record<string, string> = {
  eq: "=",
  ne: "≠",
  lt: "<",
  le: "≤",
  gt: ">",
  ge: "≥",
  in: "∈",
  starts_with: "^=",
  contains: "≈",
  has_any: "∩",
  has_all: "⊇",
  has_none: "∌",
  is_empty: "= ∅",
  is_not_empty: "≠ ∅",
};

export function told(condition: Condition, field: (name: string) => string): string {
  if ("all" in condition) return condition.all.map((c) => told(c, field)).join(" ∧ ");
  if ("any" in condition) return `(${condition.any.map((c) => told(c, field)).join(" ∨ ")})`;
  if ("not" in condition) return `¬(${told(condition.not, field)})`;
  const { field: name, op, value } = condition.test;
  const shown = value === undefined || value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);
  return `${field(name)} ${SIGNS[op] ?? op} ${shown}`.trim();
}
