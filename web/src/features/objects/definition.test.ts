import { expect, test } from "vitest";
import { emptyField, moved, patch, typeOf } from "./definition";

test("a change sends what differs and nothing else", () => {
  const before = { ...emptyField(), name: "a", label: { zh: "甲", en: "a" } };
  expect(patch(before, { ...before })).toEqual({});
  const after = { ...before, required: true, label: { zh: "乙", en: "b" } };
  expect(patch(before, after)).toEqual({ required: true, label: { zh: "乙", en: "b" } });
  // A field that was never sorted says nothing of it; that is no change.
  const { sorted: _, ...silent } = before;
  expect(patch(silent, before)).toEqual({});
});

test("a type keeps what it needs of the one before, and drops the rest", () => {
  expect(typeOf("money", { kind: "number", scale: 6 })).toEqual({ kind: "money", scale: 4 });
  expect(typeOf("date", { kind: "text", max: 80 })).toEqual({ kind: "date" });
  expect(
    typeOf("multi_choice", { kind: "choice", options: [{ value: "a", label: { zh: "", en: "" } }] }).options,
  ).toHaveLength(1);
});

test("a field moves to another's place", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
});
