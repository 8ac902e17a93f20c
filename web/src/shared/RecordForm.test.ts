import { expect, test } from "vitest";
import { changed } from "./RecordForm";

test("only what was changed is sent, and emptiness is one thing", () => {
  const before = { name: "甲", phone: null, tags: ["a"] };
  expect(changed(before, { name: "甲", phone: null, tags: ["a"] })).toEqual({});
  expect(changed(before, { name: "乙", note: null, tags: ["a", "b"] })).toEqual({ name: "乙", tags: ["a", "b"] });
});
