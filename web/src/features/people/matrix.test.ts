import { expect, test } from "vitest";
import type { MatrixRow } from "@/api/types";
import { cellOf, fieldsOf } from "./matrix";

const row = (part: Partial<MatrixRow>): MatrixRow => ({
  id: "r",
  effect: "permit",
  who: { role: "rep" },
  objects: { only: ["customer"] },
  what: { operations: ["view", "reveal"] },
  scope: { kind: "own" },
  when: [],
  valid_from: null,
  valid_until: null,
  title: { zh: "", en: "" },
  ...part,
});

test("a cell names the records of every permit, once, and nothing where none is", () => {
  const rows = [row({}), row({ scope: { kind: "pool" } }), row({ id: "again" })];
  expect(cellOf(rows, "rep", "customer", "view")).toEqual({
    scopes: [{ kind: "own" }, { kind: "pool" }],
    limited: false,
  });
  expect(cellOf(rows, "rep", "contact", "view").scopes).toEqual([]);
  expect(cellOf(rows, "boss", "customer", "view").scopes).toEqual([]);
  expect(cellOf([...rows, row({ scope: { kind: "all" } })], "rep", "customer", "view").scopes).toEqual([
    { kind: "all" },
  ]);
});

test("a forbid for all takes the operation away, one under a condition limits it", () => {
  const never = row({ effect: "forbid", who: "everyone", objects: "any", scope: { kind: "all" } });
  expect(cellOf([row({}), never], "rep", "customer", "view").scopes).toEqual([]);
  const purpose = { ...never, when: ["purpose" as const] };
  expect(cellOf([row({}), purpose], "rep", "customer", "reveal")).toEqual({ scopes: [{ kind: "own" }], limited: true });
});

test("fields are told by class, the highest level first", () => {
  const level = (of: string, kind: "own" | "all") =>
    row({ what: { fields: { fields: { classes: ["personal"] }, level: of } }, scope: { kind } });
  const rows = [level("masked", "all"), level("editable", "own")];
  expect(fieldsOf(rows, "rep", "customer", "personal").map((c) => c.level)).toEqual(["editable", "masked"]);
  expect(fieldsOf(rows, "rep", "customer", "open")).toEqual([]);
});
