import { describe, expect, it } from "vitest";
import { approverOf, fieldsOf, stepOf, textOf } from "./approvers";

describe("approvers", () => {
  it("are texts and back", () => {
    for (const one of [
      { kind: "owner" },
      { kind: "manager", id: 2 },
      { kind: "role", id: "finance" },
      { kind: "user", id: "0190c8f4-0000-7000-8000-000000000000" },
    ]) {
      expect(approverOf(textOf(one))).toEqual(one);
    }
  });
  it("keep a step as it was", () => {
    const step = { approvers: [{ kind: "owner_line" }], mode: "all", hours: 24 };
    expect(stepOf(fieldsOf(step as never))).toEqual(step);
    expect(fieldsOf({ approvers: [] } as never)).toEqual({ approvers: [], mode: "any", hours: null });
  });
});
