import { expect, test } from "vitest";
import type { ObjectForm, RecordView } from "@/api/types";
import { guards, isNeeded, standing } from "./approval";

const object = (approval: object) => ({ process: { approval } }) as unknown as ObjectForm;
const record = (fields: object) => ({ fields }) as unknown as RecordView;
const deal = object({
  status: "approval_status",
  guards: ["discount"],
  needed: { test: { field: "discount", op: "gt", value: 10 } },
  before: { field: "stage", values: ["won"] },
});

test("a record says where it stands, and whether it needs an approval", () => {
  expect(standing(deal, record({ approval_status: "waiting" }))).toBe("waiting");
  expect(standing(deal, record({ approval_status: null }))).toBe("draft");
  expect(isNeeded(deal, record({ discount: 15 }))).toBe(true);
  expect(isNeeded(deal, record({ discount: null }))).toBe(false);
  expect(isNeeded(object({ status: "s" }), record({}))).toBe(undefined);
});

test("without guards everything is approved but what comes after", () => {
  expect([guards(deal, "discount"), guards(deal, "amount")]).toEqual([true, false]);
  const all = object({ status: "s", before: { field: "stage", values: ["won"] } });
  expect([guards(all, "amount"), guards(all, "stage"), guards(all, "s")]).toEqual([true, false, false]);
});
