import { expect, test } from "vitest";
import type { MatrixRow } from "@/api/types";
import { asTrial, narrowed, narrowOf, removable, without } from "./draft";

const row = (id: string, operations: string[]) =>
  ({ id, what: { operations }, scope: { kind: "subtree" } }) as unknown as MatrixRow;

test("a draft narrows one row and takes out what nobody used", () => {
  const rows = [row("a", ["view", "export"]), row("b", ["export"])];
  expect(narrowed(rows, "a", "own").map((r) => (r.scope as { kind: string }).kind)).toEqual(["own", "subtree"]);
  const gone = removable(
    [
      { action: "export", rows: ["a", "b"] },
      { action: "view", rows: ["a"] },
    ],
    (_, action) => action === "view",
  );
  expect(without(rows, gone).map((r) => [r.id, (r.what as { operations: string[] }).operations])).toEqual([
    ["a", ["view"]],
  ]);
  expect([narrowOf("own"), narrowOf("all")]).toEqual(["own", undefined]);
});

test("a trial is narrow until its end, and what was there holds again from then on", () => {
  const whole = (id: string) => ({ ...row(id, ["view"]), valid_from: null, valid_until: null });
  const rows = [whole("a"), whole("b"), whole("c")];
  const draft = narrowed(rows, "a", "own").filter((r) => r.id !== "c");
  const trial = asTrial(rows, draft, { now: 10, until: 99 }) ?? [];
  const told = (all: MatrixRow[]) =>
    all.map((r) => [r.id, (r.scope as { kind: string }).kind, r.valid_from, r.valid_until]);
  expect(told(trial)).toEqual([
    ["a", "subtree", 99, null],
    ["a.trial", "own", null, 99],
    ["b", "subtree", null, null],
    ["c", "subtree", 99, null],
  ]);
  // Not a second one beside it, nor of a rule that ends by itself: neither would come back to what was.
  expect(asTrial(trial, narrowed(trial, "a", "own"), { now: 50, until: 200 })).toBeUndefined();
  const ending = [{ ...whole("a"), valid_until: 50 }];
  expect(asTrial(ending, narrowed(ending, "a", "own"), { now: 10, until: 99 })).toBeUndefined();
  // When it is over, another can begin, and nothing is left of the first.
  expect(told(asTrial(trial, narrowed(trial, "a", "own"), { now: 99, until: 200 }) ?? [])).toEqual([
    ["a", "subtree", 200, null],
    ["a.trial", "own", null, 200],
    ["b", "subtree", null, null],
    ["c", "subtree", 99, null],
  ]);
});
