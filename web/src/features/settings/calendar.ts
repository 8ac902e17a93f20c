// The working calendar as people write it: hours of a day as `09:00-12:00, 13:30-18:00`, days as `YYYY-MM-DD`.

export type Hours = { from: string; to: string };
export type Calendar = { time_zone: string; week: Hours[][]; holidays: string[]; working_days: string[] };

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export const writeHours = (hours: readonly Hours[]): string => hours.map((h) => `${h.from}-${h.to}`).join(", ");

/** Hours as they were written; `undefined` where they cannot be meant. */
export function readHours(text: string): Hours[] | undefined {
  const spans = text.split(/[,，;；]/).map((s) => s.trim());
  const hours: Hours[] = [];
  for (const span of spans.filter(Boolean)) {
    const [from, to, more] = span.split(/\s*[-–~至]\s*/);
    if (from === undefined || to === undefined || more !== undefined) return undefined;
    if (!TIME.test(from) || !(TIME.test(to) || to === "24:00") || from >= to) return undefined;
    hours.push({ from, to });
  }
  return hours;
}

/** Every day from the first to the last. */
export function days(first: string, last: string): string[] {
  const all: string[] = [];
  const day = new Date(`${first}T00:00:00Z`);
  for (let n = 0; n < 366; n++) {
    const text = day.toISOString().slice(0, 10);
    if (text > last) break;
    all.push(text);
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return all;
}

export const sorted = (all: Iterable<string>): string[] => [...new Set(all)].sort();

/** Public holidays of mainland China and the days worked for them, as the State Council's office announced them. */
export const CHINA: Record<string, { holidays: [string, string][]; worked: string[] }> = {
  "2026": {
    holidays: [
      ["2026-01-01", "2026-01-03"],
      ["2026-02-15", "2026-02-23"],
      ["2026-04-04", "2026-04-06"],
      ["2026-05-01", "2026-05-05"],
      ["2026-06-19", "2026-06-21"],
      ["2026-09-25", "2026-09-27"],
      ["2026-10-01", "2026-10-07"],
    ],
    worked: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
  },
};
