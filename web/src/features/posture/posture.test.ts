import { expect, test } from "vitest";
import { byGravity, type Check, isShown, points } from "./posture";
import { pressOf, stricter } from "./press";

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

test("one press sets what is missed to what is wanted, of settings alone", () => {
  const figure = (is: string, met: boolean, at_most: number | null, at_least: number | null = null) => ({
    is,
    met,
    at_most,
    at_least,
    value: null,
    label: { zh: "甲", en: "a" },
  });
  const bad = (id: string, ...figures: unknown[]) => ({ ...check(id, "high", "bad"), figures }) as unknown as Check;
  expect(pressOf(bad("exports.approval", figure("count", false, 1000)))).toEqual({ approve_above: 1000 });
  expect(pressOf(bad("exports.sensitive", figure("yes_no", false, null, 1)))).toEqual({ approve_sensitive: true });
  const files = bad("exports.files", figure("hours", true, 72), figure("count", false, 10));
  expect(pressOf(files)).toEqual({ downloads: 10 });
  expect(pressOf(bad("sign_in.idle", figure("minutes", false, 60)))).toEqual({ idle_minutes: 60 });
  expect(pressOf({ ...files, state: "good" } as Check)).toBeUndefined();
  expect(pressOf(bad("sign_in.second_factor", figure("percent", false, null, 100)))).toBeUndefined();
});

test("a press loosens nothing that was set since the look, and leaves what it is not about", () => {
  const now = { rows_per_day: 1000, approve_above: null as number | null, downloads: 5 };
  expect(stricter(now, { rows_per_day: 50_000 })).toEqual(now);
  expect(stricter(now, { approve_above: 1000 })).toEqual({ ...now, approve_above: 1000 });
});
