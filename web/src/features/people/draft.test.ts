import { expect, test } from "vitest";
import type { MatrixRow, Scope } from "@/api/types";
import { changes, ownFields, ownScopes, setFields, setScopes } from "./draft";
import { cellOf } from "./matrix";

const OBJECTS = ["customer", "contact"];
const own: Scope = { kind: "own" };
const all: Scope = { kind: "all" };

const row = (part: Partial<MatrixRow>): MatrixRow => ({
  id: "r",
  effect: "permit",
  who: { role: "rep" },
  objects: { only: OBJECTS },
  what: { operations: ["view", "edit"] },
  scope: own,
  when: [],
  valid_from: null,
  valid_until: null,
  title: { zh: "", en: "" },
  ...part,
});

test("taking an operation from one cell leaves every other cell as it was", () => {
  const before = [row({})];
  const after = setScopes(before, "rep", "customer", "edit", [], OBJECTS);
  expect(ownScopes(after, "rep", "customer", "edit")).toEqual([]);
  for (const [object, operation] of [
    ["customer", "view"],
    ["contact", "view"],
    ["contact", "edit"],
  ] as const)
    expect(cellOf(after, "rep", object, operation)).toEqual(cellOf(before, "rep", object, operation));
  expect(new Set(after.map((r) => r.id)).size).toBe(after.length);
});

test("a row for any object goes on for the others", () => {
  const after = setScopes([row({ objects: "any" })], "rep", "customer", "view", [all], OBJECTS);
  expect(ownScopes(after, "rep", "contact", "view")).toEqual([own]);
  expect(ownScopes(after, "rep", "customer", "view")).toEqual([all]);
  expect(ownScopes(after, "rep", "customer", "edit")).toEqual([own]);
});

test("a scope is added to the row that has it for this object alone, else to a new one", () => {
  const first = setScopes([row({})], "rep", "customer", "print", [own], OBJECTS);
  expect(first).toHaveLength(2);
  const second = setScopes(first, "rep", "customer", "export", [own], OBJECTS);
  expect(second).toHaveLength(2);
  expect(ownScopes(second, "rep", "customer", "export")).toEqual([own]);
  // Neither touches what others have, nor a row with conditions.
  const held = row({ id: "held", objects: { only: ["customer"] }, when: ["purpose"] });
  expect(setScopes([held], "rep", "customer", "print", [own], OBJECTS)).toContainEqual(held);
});

test("levels of a class are set alone", () => {
  const fields = row({ what: { fields: { fields: { classes: ["open", "personal"] }, level: "editable" } } });
  const after = setFields([fields], "rep", "customer", "personal", [{ level: "masked", scope: all }], OBJECTS);
  expect(ownFields(after, "rep", "customer", "personal")).toEqual([{ level: "masked", scope: all }]);
  expect(ownFields(after, "rep", "customer", "open")).toEqual([{ level: "editable", scope: own }]);
  expect(ownFields(after, "rep", "contact", "personal")).toEqual([{ level: "editable", scope: own }]);
});

test("a change taken back is no change, whatever the order of sets", () => {
  const before = [row({})];
  expect(changes(before, [row({ what: { operations: ["edit", "view"] } })])).toBe(0);
  expect(changes(before, [row({ scope: all })])).toBe(1);
  expect(changes(before, [])).toBe(1);
});
