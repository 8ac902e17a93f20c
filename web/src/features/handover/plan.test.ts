import { expect, test } from "vitest";
import { toRequest } from "./plan";

test("objects without a rule of their own are not named", () => {
  const asked = toRequest({
    mode: "users",
    users: ["a", "b"],
    rules: {
      customer: { to: "users", users: ["c"] },
      lead: { to: "pool:main" },
      task: { to: "manager" },
      contact: { to: "same", users: ["d"] },
      opportunity: undefined,
    },
    shares: "end",
    purpose: "  ",
  });
  expect(asked).toEqual({
    others: { users: ["a", "b"] },
    rules: [
      { object: "customer", to: { users: ["c"] } },
      { object: "lead", to: { pool: "main" } },
      { object: "task", to: { manager: true } },
    ],
    shares: "end",
  });
});

test("the manager receives, and those who reported have another", () => {
  expect(toRequest({ mode: "manager", shares: "keep", reports_to: "m", purpose: "离职" })).toEqual({
    others: { manager: true },
    rules: [],
    shares: "keep",
    reports_to: "m",
    purpose: "离职",
  });
});
