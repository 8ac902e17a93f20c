import { expect, test } from "vitest";
import { diff } from "./diff";
import { filterText, filterTitle, precision } from "./rule";

test("a filter says what was ticked, in quotes where it is a text", () => {
  const text = filterText("volume-export-single", 'run "A"', { kind: "service", monthEnd: 3, from: 1, to: 5 });
  expect(text).toContain("    - volume-export-single\n");
  expect(text).toContain(
    "    actor.account_kind: service\n    ctx.month_left|lt: 3\n    ctx.hour|gte: 1\n    ctx.hour|lt: 5\n  condition: not quiet",
  );
  expect(filterTitle(text)).toBe('run "A"');
  const people = filterText("r", "t", { people: ["a", "b"], weekdays: [0] });
  expect(people).toContain('    actor.user_id:\n      - "a"\n      - "b"\n    ctx.weekday:\n      - 0\n');
});

test("nothing ticked is no filter: it would quiet everything", () => {
  expect(filterText("r", "t", {})).toBe("");
  expect(filterText("r", "t", { people: [], weekdays: [] })).toBe("");
});

test("what is common stays, and both sides can be read off", () => {
  const before = "a\nb\nc\nd";
  const after = "a\nx\nc\nd\ne";
  const lines = diff(before, after);
  expect(lines.map((l) => l.kind)).toEqual(["same", "gone", "new", "same", "same", "new"]);
  const side = (not: string) =>
    lines
      .filter((l) => l.kind !== not)
      .map((l) => l.text)
      .join("\n");
  expect([side("new"), side("gone")]).toEqual([before, after]);
  expect(diff("", "")).toEqual([]);
});

test("nothing told, nothing to be precise about", () => {
  expect(precision({ wanted: 0, expected: 0 })).toBeUndefined();
  expect(precision({ wanted: 1, expected: 2 })).toBe(33);
});
