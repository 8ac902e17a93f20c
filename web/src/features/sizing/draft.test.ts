import { expect, test } from "vitest";
import type { MatrixRow } from "@/api/types";
import { narrowed, narrowOf, removable, without } from "./draft";

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
