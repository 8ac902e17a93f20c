import { expect, test } from "vitest";
import { fieldsOf, type Rule, ruleOf } from "./rule";

const rule = (when: object, then: object[]): Rule => ({
  name: "won",
  label: { zh: "赢单", en: "Won" },
  object: "opportunity",
  on: true,
  when: when as never,
  only: { test: { field: "amount", op: "gt", value: 10 } } as never,
  // biome-ignore lint/suspicious/noThenProperty: the API's name
  then: then as never,
});

test.each([
  rule({ kind: "became", field: "stage", values: ["won"] }, [
    { kind: "task", object: "task", title: "t", owner: { kind: "manager" }, due_in: 3 },
    { kind: "task", object: "task", title: "t", owner: { kind: "user", id: "u" }, due_in: 0 },
  ]),
  rule({ kind: "due", field: "closes_on", days: -3 }, [
    { kind: "set", field: "a", to: { kind: "today", days: 2 } },
    { kind: "set", field: "b", to: { kind: "nothing" } },
    {
      kind: "notify",
      to: [{ kind: "owner" }, { kind: "user", id: "u" }, { kind: "role", id: "sales_lead" }],
      text: { zh: "请跟进", en: "Follow up" },
    },
    { kind: "webhook", to: "erp" },
  ]),
  rule({ kind: "edited", fields: ["amount"] }, [{ kind: "set", field: "a", to: { kind: "value", value: true } }]),
  rule({ kind: "created" }, [{ kind: "set", field: "a", to: { kind: "actor" } }]),
])("a rule goes through the form unchanged", (one) => {
  expect(ruleOf(fieldsOf(one))).toEqual(one);
});
