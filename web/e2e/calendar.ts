// The company's days, for stories that move the clock: they end alike on whatever day they are told.

const ZONE = "Asia/Shanghai";

/** How many days from today the second day of the next month or quarter is: what begins by itself on the first has begun. */
export function daysUntilNext(span: "month" | "quarter"): number {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE })
    .format(new Date())
    .split("-")
    .map(Number) as [number, number, number];
  const months = span === "month" ? month : Math.ceil(month / 3) * 3;
  return Math.round((Date.UTC(year, months, 2) - Date.UTC(year, month - 1, day)) / 86_400_000);
}

/** Which hour of the company's day it is so many hours from now. */
export function hourIn(hours: number): number {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", hourCycle: "h23" });
  return Number(format.format(new Date(Date.now() + hours * 3_600_000)));
}
