import { expect, test } from "vitest";
import type { FieldForm, ObjectForm, RecordView } from "@/api/types";
import { mayEditInline } from "./InlineEdit";
import { wantedFields, withRow } from "./useList";

const field = (name: string, more: Partial<FieldForm> = {}): FieldForm => ({
  name,
  label: { zh: name, en: name },
  type: { kind: "text" },
  required: false,
  unique: false,
  class: "open",
  level: "editable",
  filterable: true,
  search: "none",
  kept: false,
  computed: false,
  numbered: false,
  ...more,
});
const object = {
  name: "customer",
  title_field: "name",
  fields: [
    field("name"),
    field("level"),
    field("phone", { class: "personal" }),
    field("revenue", { class: "sensitive" }),
    field("since", { kept: true }),
    field("industry", { type: { kind: "lookup", through: "parent", field: "industry" }, kept: true }),
    field("paid", { type: { kind: "roll_up", object: "payment", by: "customer" }, kept: true }),
  ],
} as unknown as ObjectForm;
const row = (id: string, more: Partial<RecordView> = {}) =>
  ({
    id,
    version: 1,
    fields: { level: "A" },
    masked: [],
    editable: ["level", "phone", "since"],
    ...more,
  }) as RecordView;

test("a list asks for its columns and what stands for a record, and nothing else", () => {
  expect(wantedFields(object, ["level", "owner"])).toEqual(["level", "name"]);
});

test("one row is replaced, or goes, and the others stay as they are", () => {
  const pages = { pages: [{ items: [row("a"), row("b")], next: "c" }, { items: [row("d")] }], pageParams: [] };
  const changed = withRow(pages, "b", row("b", { version: 2 }));
  expect(changed?.pages.map((p) => p.items.map((r) => [r.id, r.version]))).toEqual([
    [
      ["a", 1],
      ["b", 2],
    ],
    [["d", 1]],
  ]);
  expect(changed?.pages[0]).toMatchObject({ next: "c" });
  expect(withRow(pages, "d", undefined)?.pages[1]?.items).toEqual([]);
  expect(withRow(undefined, "a", undefined)).toBeUndefined();
});

test("changed in place is what the person may change, sees in the clear, and is not sealed", () => {
  expect(mayEditInline(object, row("a"), "level")).toBe(true);
  expect(mayEditInline(object, row("a", { editable: [] }), "level")).toBe(false);
  expect(mayEditInline(object, row("a", { masked: ["level"] }), "level")).toBe(false);
  expect(mayEditInline(object, row("a", { fields: {} }), "level")).toBe(false);
  for (const name of ["phone", "revenue", "since", "owner"]) {
    expect(mayEditInline(object, row("a", { fields: { [name]: null }, editable: [name] }), name)).toBe(false);
  }
});

test("a column that is looked up asks for the reference it goes through, and for nothing that is not stored", () => {
  expect(wantedFields(object, ["industry", "paid", "level"])).toEqual(["level", "name", "parent"]);
});
