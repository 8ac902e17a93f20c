import { expect, test } from "vitest";
import { moved, standing } from "./kept";

test("columns that stay come first, and each kind keeps its order", () => {
  expect(standing(["a", "b", "c", "d"], ["d", "b", "gone"])).toEqual(["b", "d", "a", "c"]);
});

test("a dragged column takes the other's place, forwards and backwards", () => {
  expect(moved(["a", "b", "c"], "a", "c")).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], "c", "a")).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b"], "x", "a")).toEqual(["a", "b"]);
});
