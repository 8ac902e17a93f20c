import { expect, test } from "vitest";
import { broken, isRequired, type Rules } from "./rules";

const message = { zh: "结束不早于开始。", en: "It ends after it starts." };
const rules: Rules = {
  required_if: [{ field: "reason", when: { test: { field: "stage", op: "eq", value: "lost" } } as never }],
  checks: [{ field: "ends_on", must: { compare: { left: "ends_on", op: "ge", right: "starts_on" } }, message }],
};

test("a field is required while its condition holds", () => {
  expect(isRequired(rules, "reason", { stage: "lost" })).toBe(true);
  expect(isRequired(rules, "reason", { stage: "won" })).toBe(false);
  expect(isRequired(rules, "reason", {})).toBe(false);
});

test("a rule is told at its field once what it asks is changed, and not where a value is missing", () => {
  const dates = { starts_on: "2026-11-26", ends_on: "2026-11-25" };
  expect(broken(rules, "ends_on", {}, dates)).toHaveLength(1);
  expect(broken(rules, "starts_on", {}, dates)).toHaveLength(0);
  expect(broken(rules, "ends_on", dates, dates)).toHaveLength(0);
  expect(broken(rules, "ends_on", {}, { ends_on: "2026-11-25" })).toHaveLength(0);
  expect(broken(rules, "ends_on", {}, { ...dates, ends_on: "2026-11-26" })).toHaveLength(0);
});
