import { expect, test } from "vitest";
import type { Condition, LayoutForm } from "@/api/types";
import { arrange, holds } from "./layout";

const label = { zh: "甲", en: "a" };
const fields = ["name", "level", "region", "new"].map((name) => ({ name }));
const layout = {
  tabs: [
    { label, sections: [{ label, columns: 1, fields: ["level", "name"] }] },
    { label, sections: [{ label, columns: 2, fields: ["region"] }] },
  ],
  shown_if: [{ field: "region", when: { test: { field: "level", op: "eq", value: "A" } } }],
} as unknown as LayoutForm;
const names = (values: Record<string, string>) =>
  arrange(fields, layout, values).map((t) => t.sections.map((s) => s.fields.map((f) => f.name)));

test("a field stands where the layout has it, and one it does not name is not lost", () => {
  expect(names({ level: "A" })).toEqual([[["level", "name"], ["new"]], [["region"]]]);
  expect(arrange(fields, undefined, {})[0]?.sections[0]?.fields).toHaveLength(4);
});

test("what its condition does not show is gone, and a tab with nothing on it too", () => {
  expect(names({ level: "B" })).toEqual([[["level", "name"], ["new"]]]);
  expect(names({})).toEqual([[["level", "name"], ["new"]]]);
});

test("conditions are understood as the server understands them", () => {
  const is = (condition: Condition, values: Record<string, unknown>) => holds(condition, values);
  const ne: Condition = { test: { field: "a", op: "ne", value: "x" } };
  expect(is(ne, { a: "y" })).toBe(true);
  expect(is(ne, {})).toBe(false);
  expect(is({ not: ne }, {})).toBe(true);
  expect(is({ test: { field: "n", op: "ge", value: 10 } }, { n: 9 })).toBe(false);
  expect(is({ test: { field: "n", op: "in", value: [1, 9] } }, { n: 9 })).toBe(true);
  expect(is({ test: { field: "d", op: "lt", value: "2026-03-01" } }, { d: "2026-02-28" })).toBe(true);
  expect(is({ any: [ne, { test: { field: "a", op: "is_empty", value: null } }] }, { a: "" })).toBe(true);
});
