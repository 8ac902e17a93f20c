import { expect, test } from "vitest";
import type { AuditEvent } from "@/api/types";
import { comesBack, withFresh } from "./useLive";

const row = (event: string) => ({ event }) as AuditEvent;

test("what is live comes first, and what the list has already is not shown twice", () => {
  expect(withFresh([row("c"), row("b")], [row("b"), row("a")]).map((r) => r.event)).toEqual(["c", "b", "a"]);
  const known = [row("a")];
  expect(withFresh([], known)).toBe(known);
});

test("an end that passes is waited for, and one that stays is told", () => {
  expect(["time_over", "stopping", "session_ended", "too_slow"].map(comesBack)).toEqual([true, true, false, false]);
});
