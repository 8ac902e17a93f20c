import { expect, test } from "vitest";
import { needsReason, oneOf, percent, STATES, seconds } from "./reviews";

test("a reason is asked for what is risky, passed on, or kept against the advice", () => {
  const low = { risk: "low", advice: "keep" };
  expect(needsReason(low, "keep")).toBe(false);
  expect(needsReason(low, "delegate")).toBe(true);
  expect(needsReason({ risk: "high", advice: "keep" }, "keep")).toBe(true);
  expect(needsReason({ risk: "medium", advice: "revoke" }, "keep")).toBe(true);
  expect(needsReason({ risk: "medium", advice: "revoke" }, "revoke")).toBe(false);
});

test("numbers and words are read", () => {
  expect([percent(954), seconds(1500), seconds(null)]).toEqual(["95%", "1.5", "—"]);
  expect([oneOf(STATES, "closed"), oneOf(STATES, "other")]).toEqual(["closed", "open"]);
});
