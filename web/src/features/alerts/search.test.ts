import { describe, expect, it } from "vitest";
import { passes, readAlertSearch } from "./search";

describe("the list of alerts", () => {
  it("reads what it knows from an address, and nothing else", () => {
    expect(readAlertSearch({ states: ["closed", "nonsense"], severities: "high,low", days: 7, sort: "rank" })).toEqual({
      states: ["closed"],
      severities: ["high", "low"],
      days: "7",
    });
    expect(readAlertSearch({ user: "<script>", rule: "a b", families: [], sort: 3 })).toEqual({});
  });
  it("takes in what passes its filter", () => {
    const alert = { state: "open", severity: "high", family: "duty", subject: "u", rule: "r" };
    expect(passes(alert, {})).toBe(true);
    expect(passes({ ...alert, state: "closed" }, {})).toBe(false);
    expect(passes(alert, { severities: ["low"] })).toBe(false);
    expect(passes(alert, { families: ["duty"], user: "u", rule: "r" })).toBe(true);
  });
});
