// Times, dates and numbers as people read them here.

import dayjs from "dayjs";

/** Milliseconds since 1970, to the minute, in the browser's time zone. */
export const formatTime = (ms: number): string => dayjs(ms).format("YYYY-MM-DD HH:mm");

/** The same in the time zone of what it belongs to, as a report's period in its company's. */
export const formatTimeIn = (ms: number, timeZone: string): string =>
  // Swedish writes dates so.
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(ms);

const numbers = new Map<number, Intl.NumberFormat>();

/** With thousands separators; as many decimal places as the field has. */
export function formatNumber(value: number, scale: number, fixed: boolean): string {
  const key = fixed ? scale + 100 : scale;
  let format = numbers.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat("en-US", { minimumFractionDigits: fixed ? scale : 0, maximumFractionDigits: scale });
    numbers.set(key, format);
  }
  return format.format(value);
}

/** Sums too long for a narrow table, in the language's own steps: 3.82亿, 382.3M. Beside it stands the whole number. */
export function formatShort(value: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 2 }).format(value);
}

/** Today as a date field holds it. */
export const today = (): string => dayjs().format("YYYY-MM-DD");
