// Targets of now, and what was reached of them.

import dayjs, { type Dayjs } from "dayjs";
import type { Condition, FieldValue } from "@/api/types";
import { between } from "@/features/dashboards/board";

export type Measure = { value: string; object: string; amount: string; on: string; only?: Condition };
export type Target = {
  id: string;
  name: string;
  owner: string | null;
  department: string | null;
  team: boolean;
  measure: string;
  amount: number;
  from: Dayjs;
  to: Dayjs;
};

/** The days of the period that begins with the month of a day. */
export function periodOf(period: string, starts: string): { from: Dayjs; to: Dayjs } {
  const from = dayjs(starts).startOf("month");
  const months = period === "year" ? 12 : period === "quarter" ? 3 : 1;
  return { from, to: from.add(months - 1, "month").endOf("month") };
}

export type Named = { period: string; starts: string; reach: string; measure: string; amount: string };

type Row = { id: string; owner?: string | null; department?: string | null; fields: Record<string, unknown> };

/** The targets whose period today is in. */
export function targetsOf(rows: Row[], named: Named, title: string | null, today: Dayjs = dayjs()): Target[] {
  return rows.flatMap((row) => {
    const value = (name: string) => row.fields[name] as FieldValue | undefined;
    const amount = value(named.amount);
    const { from, to } = periodOf(String(value(named.period)), String(value(named.starts)));
    if (typeof amount !== "number" || today.isBefore(from) || today.isAfter(to)) return [];
    const name = title ? value(title) : undefined;
    return [
      {
        id: row.id,
        name: typeof name === "string" ? name : "",
        owner: row.owner ?? null,
        department: row.department ?? null,
        team: value(named.reach) === "team",
        measure: String(value(named.measure)),
        amount,
        from,
        to,
      },
    ];
  });
}

/** Which records count towards some targets of a measure. */
export function countedFor(measure: Measure, targets: Target[], object: Parameters<typeof between>[0]): Condition {
  const first = targets.reduce((a, b) => (b.from.isBefore(a) ? b.from : a), targets[0]?.from ?? dayjs());
  const last = targets.reduce((a, b) => (b.to.isAfter(a) ? b.to : a), targets[0]?.to ?? dayjs());
  return { all: [...between(object, measure.on, first, last), ...(measure.only ? [measure.only] : [])] };
}

/** A department and those below it. */
export function below(id: string, departments: { id: string; parent?: string | null }[]): Set<string> {
  const found = new Set([id]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const d of departments) {
      if (d.parent && found.has(d.parent) && !found.has(d.id)) {
        found.add(d.id);
        grown = true;
      }
    }
  }
  return found;
}

/** What was reached: the sums of the months of a target's period, by its owner or its departments. */
export function resultOf(
  target: Target,
  lines: { keys: (string | null)[]; values: (number | null)[] }[],
  of: (key: string) => boolean,
): number {
  const [from, to] = [target.from.format("YYYY-MM"), target.to.format("YYYY-MM")];
  return lines.reduce((sum, { keys: [key, month], values: [value] }) => {
    const counts = typeof key === "string" && typeof month === "string" && of(key) && month >= from && month <= to;
    return counts ? sum + (value ?? 0) : sum;
  }, 0);
}
