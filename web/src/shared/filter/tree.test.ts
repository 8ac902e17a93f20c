import { expect, test } from "vitest";
import type { Condition } from "@/api/types";
import { count, emptyGroup, fromCondition, isCondition, nextId, toCondition, wrong } from "./tree";

const level: Condition = { test: { field: "level", op: "eq", value: "A" } };
const region: Condition = { test: { field: "region", op: "is_empty" } };

test("a filter survives being drawn and read back", () => {
  const all: Condition[] = [
    level,
    { all: [level, region] },
    { any: [level, { all: [region, level] }] },
    { not: { any: [level, region] } },
    { all: [level, { not: region }] },
  ];
  for (const condition of all) expect(toCondition(fromCondition(condition))).toEqual(condition);
});

test("an empty filter asks for nothing", () => {
  expect(toCondition(emptyGroup())).toBeUndefined();
  expect(toCondition(fromCondition(undefined))).toBeUndefined();
});

test("a test without its value, and a tree too deep, cannot be applied", () => {
  const incomplete = {
    ...emptyGroup(),
    children: [{ id: nextId(), kind: "test" as const, not: false, field: "level", op: "eq" as const, value: null }],
  };
  expect(wrong(incomplete)).toBe("incomplete");
  expect(wrong(fromCondition(region))).toBeUndefined();
  let deep: Condition = level;
  for (let n = 0; n < 9; n += 1) deep = n % 2 === 0 ? { all: [deep, region] } : { any: [deep, region] };
  expect(wrong(fromCondition(deep))).toBe("too_deep");
});

test("only what has the form of a condition is taken from an address", () => {
  expect(isCondition({ all: [level, { not: region }] })).toBe(true);
  for (const bad of [
    null,
    "x",
    [],
    {},
    { all: level },
    { test: { op: "eq" } },
    { all: [level], any: [] },
    { sql: "1=1" },
  ]) {
    expect(isCondition(bad)).toBe(false);
  }
  expect(count(fromCondition({ all: [level, { not: region }] }))).toBe(2);
});
