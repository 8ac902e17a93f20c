import { expect, test } from "vitest";
import { backupWarnings, keyWarnings } from "./warnings";

const DAY = 86_400_000;
const now = 1000 * DAY;
const version = (n: number, days: number, customers: number) => ({
  version: n,
  created_at: now - days * DAY,
  customers,
  log: 0,
  exports: 0,
});

test("keys are told that are old, and rotations that did not end", () => {
  const keys = (versions: ReturnType<typeof version>[], current: number) => ({
    provider: "file",
    current,
    versions,
    signed_since: null,
  });
  const of = (versions: ReturnType<typeof version>[], current: number) =>
    keyWarnings(keys(versions, current), now).map((w) => w.key);
  expect(of([version(1, 10, 5)], 1)).toEqual([]);
  expect(of([version(1, 366, 5)], 1)).toEqual(["oldKey"]);
  expect(of([version(1, 400, 3), version(2, 1, 2)], 2)).toEqual(["unfinished"]);
});

test("copies are told that are missing, hold the keys, or were never tried", () => {
  const taken = (days: number, with_keys: boolean) => ({ at: now - days * DAY, by: "a", file: "f", with_keys });
  const of = (items: ReturnType<typeof taken>[], drill_at: number | null) =>
    backupWarnings({ items, drill_at, drill_by: null, drill: null }, now).map((w) => w.key);
  expect(of([], null)).toEqual(["oldBackup", "oldDrill"]);
  expect(of([taken(1, false)], now)).toEqual([]);
  expect(of([taken(8, true)], now - 200 * DAY)).toEqual(["oldBackup", "withKeys", "oldDrill"]);
});
