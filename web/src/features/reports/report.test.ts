import { expect, test } from "vitest";
import { KINDS, PARTS, shown, toLog } from "./report";

test("a number opens the events of its own question, and of no other system", () => {
  const query = { from: 1, until: 2, actions: ["reveal"], decisions: ["allowed"], explained: false };
  expect(toLog(query)).toEqual({
    foreign: "no",
    from: 1,
    to: 2,
    actions: ["reveal"],
    decisions: ["allowed"],
    explained: "no",
  });
  expect(toLog({ from: 1, until: 2 })).toEqual({ foreign: "no", from: 1, to: 2 });
});

test("numbers are read as people write them", () => {
  expect(shown(1234567, "events")).toBe("1,234,567");
  expect(shown(987, "per_mille")).toBe("98.7%");
  expect(shown(1000, "per_mille")).toBe("100.0%");
});

test("each kind has parts", () => {
  for (const kind of KINDS) expect(PARTS[kind].length).toBeGreaterThan(0);
});
