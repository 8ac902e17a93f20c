import { expect, test } from "vitest";
import { byGravity, type Check, isShown, points } from "./posture";

const check = (id: string, risk: string, state: string | null, waiver?: string) =>
  ({ id, risk, state, waiver: waiver ? { state: waiver } : null }) as unknown as Check;

test("the gravest comes first, what is unknown after what is bad, what is put up with last", () => {
  const all = [
    check("a", "low", "bad"),
    check("b", "high", "bad", "in_force"),
    check("c", "high", "unknown"),
    check("d", "high", "bad"),
    check("e", "medium", "bad", "over"),
  ];
  expect(all.sort(byGravity).map((c) => c.id)).toEqual(["d", "e", "a", "c", "b"]);
});

test("what is put up with is still shown among what is wrong", () => {
  const waived = check("b", "high", "bad", "in_force");
  expect([isShown(waived, "wrong"), isShown(waived, "waived"), isShown(waived, "good")]).toEqual([true, true, false]);
  expect(isShown(check("x", "low", null), "wrong")).toBe(false);
});

test("a score is read as points", () => {
  expect([points(1000), points(873), points(null)]).toEqual(["100.0", "87.3", "—"]);
});
