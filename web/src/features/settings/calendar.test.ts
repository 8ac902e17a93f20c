import { expect, test } from "vitest";
import { CHINA, days, readHours, writeHours } from "./calendar";

test("hours are read as they are written, and what cannot be meant is refused", () => {
  const hours = [
    { from: "09:00", to: "12:00" },
    { from: "13:30", to: "24:00" },
  ];
  expect(readHours(writeHours(hours))).toEqual(hours);
  expect(readHours("09:00至18:00")).toEqual([{ from: "09:00", to: "18:00" }]);
  expect(readHours("")).toEqual([]);
  for (const wrong of ["9-18", "18:00-09:00", "25:00-26:00", "09:00", "09:00-10:00-11:00"])
    expect(readHours(wrong), wrong).toBeUndefined();
});

test("a span of days holds both ends, over a month's end too", () => {
  expect(days("2026-02-27", "2026-03-02")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
  expect(days("2026-02-27", "2026-02-26")).toEqual([]);
});

test("days worked for holidays are weekend days, and no holiday", () => {
  for (const { holidays, worked } of Object.values(CHINA)) {
    const off = holidays.flatMap(([a, b]) => days(a, b));
    for (const day of worked) {
      expect([0, 6]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
      expect(off).not.toContain(day);
    }
  }
});
