// A month as whole weeks from Monday, and what a list asks for to fill them.

import dayjs from "dayjs";
import type { Condition, FieldForm, FieldValue } from "@/api/types";

const DAY = "YYYY-MM-DD";

export const monthOf = (now: number): string => dayjs(now).format("YYYY-MM");

export const beside = (month: string, by: number): string => dayjs(`${month}-01`).add(by, "month").format("YYYY-MM");

/** The days of the weeks that the month touches, `2026-11-01`. */
export function daysOf(month: string): string[] {
  const first = dayjs(`${month}-01`);
  // Monday is the first day in both languages, whatever the locale says.
  const before = (first.day() + 6) % 7;
  const weeks = Math.ceil((before + first.daysInMonth()) / 7);
  return Array.from({ length: weeks * 7 }, (_, n) => first.add(n - before, "day").format(DAY));
}

/** Records whose date is one of the days. A time is compared where the person is. */
export function within(field: Pick<FieldForm, "name" | "type">, days: readonly string[]): Condition {
  const [first = "", last = ""] = [days[0], days.at(-1)];
  const time = field.type.kind === "date_time";
  const from = time ? dayjs(first).toISOString() : first;
  const until = time ? dayjs(last).add(1, "day").toISOString() : last;
  return {
    all: [
      { test: { field: field.name, op: "ge", value: from } },
      { test: { field: field.name, op: time ? "lt" : "le", value: until } },
    ],
  };
}

/** The day a value falls on. */
export function dayOf(value: FieldValue | undefined): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  const day = dayjs(value);
  return day.isValid() ? day.format(DAY) : undefined;
}
