import { expect, test } from "vitest";
import { ceiling, everyDay } from "./charts";

test("the axis ends at a round number that holds every bar", () => {
  expect([0, 1, 3, 24, 26, 674, 1001].map(ceiling)).toEqual([1, 1, 5, 25, 50, 1000, 2000]);
});

test("a day of nothing is shown as one", () => {
  const day = (key: string, value: number) => ({ key, label: key, value });
  expect(everyDay([day("2026-02-27", 3), day("2026-03-02", 1)]).map((d) => [d.key, d.value])).toEqual([
    ["2026-02-27", 3],
    ["2026-02-28", 0],
    ["2026-03-01", 0],
    ["2026-03-02", 1],
  ]);
  expect(everyDay([])).toEqual([]);
});
