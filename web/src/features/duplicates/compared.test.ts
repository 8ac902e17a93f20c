import { expect, test } from "vitest";
import type { FieldForm } from "@/api/types";
import { asked } from "./compared";

const field = (name: string, search: string) => ({ name, search }) as FieldForm;

test("only what tells records apart is asked for", () => {
  const object = {
    title_field: "name",
    customer_field: null,
    fields: [field("name", "part"), field("address", "part"), field("phone", "exact"), field("level", "none")],
  };
  expect(asked(object, { name: " 远方贸易 ", address: "上海", phone: "", level: "A" })).toEqual({ name: "远方贸易" });
  expect(asked(object, { name: "远", phone: "13700001111" })).toEqual({ phone: "13700001111" });
  expect(asked(object, {})).toEqual({});
  expect(asked({ ...object, customer_field: "customer" }, { name: "远方贸易" })).toEqual({});
});
