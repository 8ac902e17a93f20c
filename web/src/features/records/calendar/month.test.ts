import dayjs from "dayjs";
import { expect, test } from "vitest";
import { beside, dayOf, daysOf, within } from "./month";

test("a month is whole weeks from Monday that hold each of its days once", () => {
  for (let n = 0; n < 60; n += 1) {
    const month = beside("2024-01", n);
    const days = daysOf(month);
    expect(days.length % 7).toBe(0);
    expect(dayjs(days[0]).day()).toBe(1);
    expect(days.filter((d) => d.startsWith(month)).length).toBe(dayjs(`${month}-01`).daysInMonth());
    // No week without a day of the month.
    for (let week = 0; week < days.length; week += 7)
      expect(days.slice(week, week + 7).some((d) => d.startsWith(month))).toBe(true);
  }
  expect(daysOf("2027-02")).toHaveLength(28);
  expect(daysOf("2026-08")).toHaveLength(42);
});

test("days are asked for as dates, times as the days where the person is", () => {
  const days = daysOf("2026-11");
  expect(within({ name: "due", type: { kind: "date" } }, days)).toEqual({
    all: [
      { test: { field: "due", op: "ge", value: "2026-10-26" } },
      { test: { field: "due", op: "le", value: "2026-12-06" } },
    ],
  });
  expect(within({ name: "at", type: { kind: "date_time" } }, days)).toEqual({
    all: [
      { test: { field: "at", op: "ge", value: dayjs("2026-10-26").toISOString() } },
      { test: { field: "at", op: "lt", value: dayjs("2026-12-07").toISOString() } },
    ],
  });
  expect(dayOf("2026-11-25")).toBe("2026-11-25");
  expect(dayOf(dayjs("2026-11-25T23:59:00").toISOString())).toBe("2026-11-25");
  expect(dayOf(null)).toBeUndefined();
});
