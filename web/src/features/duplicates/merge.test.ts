import { expect, test } from "vitest";
import type { FieldForm, ObjectForm, RecordView } from "@/api/types";
import { byRule, differs, lost, mergedFields } from "./merge";

const record = (id: string, fields: Record<string, unknown>, masked: string[] = []) =>
  ({ id, fields, masked }) as unknown as RecordView;
const field = (name: string, kept = false) => ({ name, kept, computed: false }) as FieldForm;

const one = record("1", { name: "远方", phone: null, tags: [], bank: "6222****01", level: "A" }, ["bank"]);
const two = record("2", { name: "远方贸易", phone: "137", tags: ["x"], bank: "6222****02", level: "A" }, ["bank"]);
const all = [one, two];

test("the value of the record that stays comes first, else the first there is", () => {
  expect(byRule(all, "name")).toBe("1");
  expect(byRule(all, "phone")).toBe("2");
  expect(byRule(all, "tags")).toBe("2");
  expect(byRule(all, "nothing")).toBeUndefined();
});

test("fields that nobody has, or that the server gives, are not asked about", () => {
  const object = { customer_field: "customer", fields: ["name", "empty", "customer"].map((n) => field(n)) };
  object.fields.push(field("phone", true));
  expect(mergedFields(object as ObjectForm, all).map((f) => f.name)).toEqual(["name"]);
});

test("what is lost is told, masked values too", () => {
  expect(["name", "level", "bank"].map((f) => differs(all, f))).toEqual([true, false, true]);
  const chosen = (f: string) => byRule(all, f);
  expect(lost(all, ["name", "phone", "level", "bank"], chosen)).toEqual([
    { field: "name", record: "2" },
    { field: "bank", record: "2" },
  ]);
  expect(lost(all, ["phone"], () => "1")).toEqual([{ field: "phone", record: "2" }]);
});
