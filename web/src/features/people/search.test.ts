import { expect, test } from "vitest";
import { readPeopleSearch, subtree } from "./search";

test("a department is taken with all below it, in any order, and a ring does not hang", () => {
  const tree = [
    { id: "team", parent: "sales" },
    { id: "sales", parent: "root" },
    { id: "root", parent: null },
    { id: "service", parent: "root" },
  ];
  expect([...subtree(tree, "sales")].sort()).toEqual(["sales", "team"]);
  expect(subtree(tree, "root").size).toBe(4);
  expect(
    subtree(
      [
        { id: "a", parent: "b" },
        { id: "b", parent: "a" },
      ],
      "a",
    ).size,
  ).toBe(2);
});

test("an address is read as far as it is understood", () => {
  expect(readPeopleSearch({ status: "gone", q: 138, department: "d", other: 1 })).toEqual({
    department: "d",
    q: "138",
  });
});
