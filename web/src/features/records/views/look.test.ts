import { expect, test } from "vitest";
import type { ListLook, ListView, ObjectForm } from "@/api/types";
import { readListSearch } from "../list/search";
import { asksFor, isBare, isOnlyView, isSameLook, layoutOf, lookOf, questionOf } from "./look";

const look: ListLook = {
  scope: "mine",
  filter: { test: { field: "level", op: "is_empty", value: null } } as ListLook["filter"],
  sort: ["-revenue", "name"],
  columns: ["name", "level"],
  pinned: ["name"],
  widths: { name: 300 },
  board: null,
  calendar: null,
  density: "compact",
};
const object = { fields: ["name", "level", "phone"].map((name) => ({ name })) } as unknown as ObjectForm;
const view = { look } as ListView;
const kept = { columns: ["phone"], pinned: [], widths: { phone: 90 }, density: "roomy" as const };

test("a view that is opened and not changed is the same look", () => {
  const search = questionOf(look);
  expect(search).toMatchObject({ scope: "mine", sort: "-revenue,name" });
  expect(isSameLook(lookOf(object, search, layoutOf(search, view, kept, {})), look)).toBe(true);
  const other = { ...search, sort: "name" };
  expect(isSameLook(lookOf(object, other, layoutOf(other, view, kept, {})), look)).toBe(false);
  const narrower = { ...search, cols: ["name"] };
  expect(lookOf(object, narrower, layoutOf(narrower, view, kept, {})).columns).toEqual(["name"]);
});

test("a test without a value is one with null", () => {
  const without = { ...look, filter: { test: { op: "is_empty", field: "level" } } as ListLook["filter"] };
  expect(isSameLook(look, without)).toBe(true);
});

test("without a view the device's own choice stands", () => {
  expect(layoutOf({ rows: "compact" }, undefined, kept, { phone: 1 })).toBe(kept);
});

test("an address that asks nothing is bare, one that names a view alone is only that", () => {
  expect(isBare({})).toBe(true);
  expect(isBare({ create: true })).toBe(true);
  expect(isBare({ sort: "name" })).toBe(false);
  expect(isOnlyView({ view: "v" })).toBe(true);
  expect(isOnlyView({ view: "v", q: "a" })).toBe(false);
});

test("a searched text is never part of a look", () => {
  expect(JSON.stringify(lookOf(object, { q: "13800138000" }, kept))).not.toContain("138");
});

test("what the device remembers of a field that is gone is not saved", () => {
  const old = {
    columns: ["gone", "name"],
    pinned: ["gone"],
    widths: { gone: 90, name: 120 },
    density: "normal" as const,
  };
  expect(lookOf(object, {}, old)).toMatchObject({ columns: ["name"], pinned: [], widths: { name: 120 } });
  expect(lookOf(object, {}, { ...old, columns: ["gone"] }).columns).toBeNull();
});

test("an address asks for a view once all of its question stands there", () => {
  const opened = { ...view, id: "v" } as ListView;
  expect(asksFor({ view: "v" }, opened)).toBe(false);
  expect(asksFor({ ...questionOf(look) }, opened)).toBe(false);
  expect(asksFor({ view: "v", ...questionOf(look) }, opened)).toBe(true);
  expect(asksFor({ view: "v", ...questionOf(look), q: "a" }, opened)).toBe(false);
  const plainOne = { id: "p", look: { ...look, scope: "all", filter: null, sort: [] } } as unknown as ListView;
  expect(asksFor({ view: "p" }, plainOne)).toBe(true);
});

test("an address holds a kept filter as it is, tests without a value too", () => {
  const search = questionOf(look);
  expect(readListSearch(JSON.parse(JSON.stringify(search)))).toEqual(JSON.parse(JSON.stringify(search)));
});
