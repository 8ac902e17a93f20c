import { expect, test } from "vitest";
import { pressed, type Sort } from "./sort";

const asc = (by: string): Sort => ({ by, direction: "asc" });
const desc = (by: string): Sort => ({ by, direction: "desc" });

test("a press sorts by one column and turns it", () => {
  expect(pressed([desc("updated_at")], "level", false)).toEqual([asc("level")]);
  expect(pressed([asc("level")], "level", false)).toEqual([desc("level")]);
  expect(pressed([desc("level"), asc("name")], "level", false)).toEqual([asc("level")]);
});

test("with shift a column is one more key, is turned, and goes", () => {
  const two = pressed([desc("level")], "name", true);
  expect(two).toEqual([desc("level"), asc("name")]);
  const turned = pressed(two, "name", true);
  expect(turned).toEqual([desc("level"), desc("name")]);
  expect(pressed(turned, "name", true)).toEqual([desc("level")]);
  expect(pressed([desc("level")], "level", true)).toEqual([asc("level")]);
  expect(pressed([asc("a"), asc("b"), asc("c")], "d", true)).toEqual([asc("b"), asc("c"), asc("d")]);
});
