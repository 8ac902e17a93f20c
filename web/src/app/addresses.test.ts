// Anybody may type anything into an address: no page takes more from it than it knows, and none gives up.

import { expect, test } from "vitest";
import { isMoment, names } from "@/shared/address";
import { router } from "./router";
import { readClosed } from "./shell/Navigation";

const NONSENSE = [
  "",
  "a,b",
  "\u0000",
  "%",
  -1,
  1e300,
  Number.NaN,
  true,
  null,
  [],
  [1, 2],
  ["a", null],
  {},
  { a: { b: 1 } },
];
const PARAMETERS =
  "tab edit scope q filter view sort cols pin rows create board calendar month pool state user object ids from to users departments objects actions decisions channels event customer by measure department status role other action record mfa purpose explained trial".split(
    " ",
  );

const readers = Object.entries(router.routesById).flatMap(([path, route]) => {
  const read = route.options.validateSearch as ((raw: Record<string, unknown>) => object) | undefined;
  return typeof read === "function" ? [[path, read] as const] : [];
});

test.each(readers)("%s takes what it knows, and nothing else by any name", (_, read) => {
  for (const value of NONSENSE) {
    const said = { unheard_of: value, ...Object.fromEntries(PARAMETERS.map((name) => [name, value])) };
    // The router lays what was read over what was said.
    const asked: Record<string, unknown> = { ...said, ...read(said) };
    expect(asked.unheard_of).toBeUndefined();
    for (const [name, part] of Object.entries(asked)) {
      if (part === undefined) continue;
      // Lists are lists of words, and numbers can be shown as dates: that is what pages build upon.
      if (["cols", "pin", "ids", "users", "actions"].includes(name))
        expect(Array.isArray(part) && part.every((one) => typeof one === "string")).toBe(true);
      if (["from", "to"].includes(name)) expect(() => new Date(part as number).toISOString()).not.toThrow();
      if (name === "tab") expect(typeof part).toBe("string");
    }
  }
});

test("there are pages that read their address", () => expect(readers.length).toBeGreaterThan(14));

test("names and moments of an address", () => {
  expect(names("name,level,name")).toEqual(["name", "level"]);
  for (const said of [undefined, null, 3, "", "Name", "a,,b", [], ["a", 1], { length: 1 }])
    expect(names(said)).toBeUndefined();
  expect([0, 1_790_000_000_000, -1, 1.5, 9e15, "1"].map(isMoment)).toEqual([true, true, false, false, false, false]);
});

test("what a device remembers of closed groups may be anything", () => {
  expect(readClosed("sales,mine")).toEqual(["sales", "mine"]);
  for (const kept of [null, "", '["sales"]', "{}", ",,,"]) expect(readClosed(kept)).toEqual([]);
});
