import { expect, test } from "vitest";
import { readReasons, writeReasons } from "./reasons";

test("reasons survive being written as lines, and a line that lacks a part is none", () => {
  const reasons = [
    { value: "no_need", label: { zh: "没有需求", en: "No need" } },
    { value: "far", label: { zh: "太远", en: "Too far, too late" } },
  ];
  expect(readReasons(writeReasons(reasons))).toEqual(reasons);
  expect(readReasons("no_need，没有需求，No need\n\n")).toEqual([reasons[0]]);
  expect(readReasons("no_need, 没有需求")).toBeUndefined();
  expect(readReasons(undefined)).toEqual([]);
});
