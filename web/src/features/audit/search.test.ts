import { expect, test } from "vitest";
import { feedQuery, filterCount, readFeedSearch } from "./search";

test("an address is read as far as it is understood, and asked as the API has it", () => {
  const search = readFeedSearch({
    from: 1_795_000_000_000,
    to: "tomorrow",
    actions: ["reveal", "export", 7, "a,b"],
    users: "all",
    decisions: [],
    event: "not-an-id",
    explained: "perhaps",
  });
  expect(search).toEqual({ from: 1_795_000_000_000, actions: ["reveal", "export"] });
  expect(feedQuery({ ...search, event: "x" })).toEqual({ from: 1_795_000_000_000, actions: "reveal,export" });
  expect(filterCount(search)).toBe(2);
  const without = readFeedSearch({ explained: "no" });
  expect(feedQuery(without)).toEqual({ explained: "no" });
  expect(filterCount(without)).toBe(1);
});
