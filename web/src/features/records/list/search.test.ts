import { expect, test } from "vitest";
import { conditionOf, readListSearch, readSort, writeSort } from "./search";

const me = { id: "u", department: "d" };

test("what an address says badly is left out, the rest is kept", () => {
  expect(
    readListSearch({
      scope: "everyone",
      q: 13800138000,
      filter: { sql: "1" },
      sort: "name;drop",
      cols: ["name", 1],
      other: true,
    }),
  ).toEqual({ q: "13800138000" });
  expect(readListSearch({ scope: "mine", sort: "-level", cols: ["name"], create: true })).toEqual({
    scope: "mine",
    sort: "-level",
    cols: ["name"],
    create: true,
  });
});

test("a calendar's month is one, or is left out", () => {
  expect(readListSearch({ calendar: "due", month: "2026-11" })).toEqual({ calendar: "due", month: "2026-11" });
  expect(readListSearch({ calendar: "due", month: "2026-13" })).toEqual({ calendar: "due" });
});

test("the scope and the filter hold together", () => {
  const filter = { any: [{ test: { field: "level", op: "eq" as const, value: "A" } }] };
  expect(conditionOf({}, me)).toBeUndefined();
  expect(conditionOf({ scope: "mine" }, me)).toEqual({ test: { field: "owner", op: "eq", value: "u" } });
  expect(conditionOf({ scope: "pool", filter }, me)).toEqual({
    all: [{ test: { field: "pool", op: "eq", value: true } }, filter],
  });
});

test("a sort reads back as it was written", () => {
  for (const text of ["-updated_at", "level", "-level,name,created_at"]) expect(writeSort(readSort(text))).toBe(text);
  expect(readSort(undefined)).toEqual([{ by: "updated_at", direction: "desc" }]);
});

test("an address holds up to three keys and a view", () => {
  const view = "0190c8f4-0000-7000-8000-000000000000";
  expect(readListSearch({ sort: "-level,name", view, pin: ["name"], rows: "compact" })).toEqual({
    sort: "-level,name",
    view,
    pin: ["name"],
    rows: "compact",
  });
  expect(readListSearch({ sort: "a,b,c,d", view: "x", rows: "high" })).toEqual({});
});

test("columns may stand in the address as people write them, each once", () => {
  expect(readListSearch({ cols: "name,level,name", pin: "name" })).toEqual({ cols: ["name", "level"], pin: ["name"] });
  for (const cols of ["", "Name;", "a,,b", [], ["a", 1], { a: 1 }, 7, null])
    expect(readListSearch({ cols })).toEqual({});
});
