// The filter a person builds, as a tree with ids for drawing it, and the condition the API takes.

import type { Comparison, Condition, FieldForm } from "@/api/types";

export type TestNode = { id: number; kind: "test"; not: boolean; field: string; op: Comparison; value: unknown };
export type GroupNode = { id: number; kind: "group"; not: boolean; mode: "all" | "any"; children: FilterNode[] };
export type FilterNode = TestNode | GroupNode;

export const MOST_DEPTH = 8;
export const MOST_TESTS = 100;

let last = 0;
export const nextId = (): number => ++last;

export const emptyGroup = (): GroupNode => ({ id: nextId(), kind: "group", not: false, mode: "all", children: [] });

/** Comparisons that a field's type has. Text has no order; that of dates reads as time. */
export function comparisons(field: Pick<FieldForm, "type">): Comparison[] {
  switch (field.type.kind) {
    case "number":
    case "money":
    case "date":
    case "date_time":
      return ["eq", "ne", "lt", "le", "gt", "ge", "is_empty", "is_not_empty"];
    case "bool":
      return ["eq", "is_empty", "is_not_empty"];
    case "multi_choice":
      return ["has_any", "has_all", "has_none", "is_empty", "is_not_empty"];
    case "address":
      return ["starts_with", "contains", "is_empty", "is_not_empty"];
    case "choice":
      return ["eq", "ne", "in", "is_empty", "is_not_empty"];
    case "user":
    case "reference":
      return ["eq", "ne", "is_empty", "is_not_empty"];
    default:
      return ["eq", "ne", "starts_with", "contains", "is_empty", "is_not_empty"];
  }
}

const TIME: Partial<Record<Comparison, "before" | "after" | "notAfter" | "notBefore">> = {
  lt: "before",
  gt: "after",
  le: "notAfter",
  ge: "notBefore",
};

/** The word for a comparison: dates and times are earlier and later, not less and more. */
export function operatorOf(kind: string | undefined, op: Comparison) {
  return ((kind === "date" || kind === "date_time") && TIME[op]) || op;
}

export const takesValue = (op: Comparison): boolean => op !== "is_empty" && op !== "is_not_empty";

/** Asked with several values. */
export const takesList = (op: Comparison): boolean =>
  op === "in" || op === "has_any" || op === "has_all" || op === "has_none";

function hasValue(node: TestNode): boolean {
  if (!takesValue(node.op)) return true;
  if (Array.isArray(node.value)) return node.value.length > 0;
  return node.value !== null && node.value !== undefined && node.value !== "";
}

/** What is wrong with the tree, if anything. */
export function wrong(node: FilterNode, depth = 1): "incomplete" | "too_deep" | undefined {
  if (depth > MOST_DEPTH) return "too_deep";
  if (node.kind === "test") return hasValue(node) ? undefined : "incomplete";
  if (depth === 1 && count(node) > MOST_TESTS) return "too_deep";
  for (const child of node.children) {
    const problem = wrong(child, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

export function count(node: FilterNode): number {
  return node.kind === "test" ? 1 : node.children.reduce((sum, child) => sum + count(child), 0);
}

/** The condition of a tree; `undefined` where nothing is asked. Groups of one are what they hold. */
export function toCondition(node: FilterNode): Condition | undefined {
  let condition: Condition | undefined;
  if (node.kind === "test") {
    const { field, op, value } = node;
    condition = { test: takesValue(op) ? { field, op, value } : { field, op } };
  } else {
    const parts = node.children.map(toCondition).filter((c) => c !== undefined);
    const [only] = parts;
    if (only === undefined) return undefined;
    condition = parts.length === 1 ? only : node.mode === "all" ? { all: parts } : { any: parts };
  }
  return node.not ? { not: condition } : condition;
}

/** The tree of a condition. The root is always a group, so that there is somewhere to add to. */
export function fromCondition(condition: Condition | undefined): GroupNode {
  if (condition === undefined) return emptyGroup();
  const node = read(condition);
  return node.kind === "group" && !node.not ? node : { ...emptyGroup(), children: [node] };
}

function read(condition: Condition): FilterNode {
  if ("all" in condition)
    return { id: nextId(), kind: "group", not: false, mode: "all", children: condition.all.map(read) };
  if ("any" in condition)
    return { id: nextId(), kind: "group", not: false, mode: "any", children: condition.any.map(read) };
  if ("not" in condition) {
    const node = read(condition.not);
    return { ...node, not: !node.not };
  }
  const { field, op, value } = condition.test;
  return { id: nextId(), kind: "test", not: false, field, op, value: value ?? null };
}

/** Every comparison there is: one that is new does not compile until it stands here too. */
const OPS: Record<Comparison, true> = {
  eq: true,
  ne: true,
  lt: true,
  le: true,
  gt: true,
  ge: true,
  in: true,
  starts_with: true,
  contains: true,
  has_any: true,
  has_all: true,
  has_none: true,
  is_empty: true,
  is_not_empty: true,
};

/** Whether something from an address can be a condition. The server checks it in full. */
export function isCondition(value: unknown, depth = 0): value is Condition {
  if (typeof value !== "object" || value === null || depth > MOST_DEPTH) return false;
  const keys = Object.keys(value);
  if (keys.length !== 1) return false;
  const inner = (value as Record<string, unknown>)[keys[0] as string];
  if (keys[0] === "all" || keys[0] === "any")
    return Array.isArray(inner) && inner.every((c) => isCondition(c, depth + 1));
  if (keys[0] === "not") return isCondition(inner, depth + 1);
  if (keys[0] !== "test" || typeof inner !== "object" || inner === null) return false;
  return isTest(inner as Record<string, unknown>);
}

function isTest({ field, op, value }: Record<string, unknown>): boolean {
  if (typeof field !== "string" || typeof op !== "string" || !Object.hasOwn(OPS, op)) return false;
  return value === undefined || isPlain(value) || (Array.isArray(value) && value.every(isPlain));
}

const isPlain = (value: unknown): boolean => value === null || ["string", "number", "boolean"].includes(typeof value);
