// The rules of an object type as a form asks them while it is typed in; the server asks them again. Pure.

import type { CheckForm, Condition, FieldValue, RequiredIfForm } from "@/api/types";
import { holds } from "./layout";

type Values = Readonly<Record<string, FieldValue | undefined>>;
export type Rules = { required_if: readonly RequiredIfForm[]; checks: readonly CheckForm[] };

/** Whether a field must have a value, as the others stand. */
export const isRequired = (rules: Rules | undefined, field: string, values: Values): boolean =>
  rules?.required_if.some((r) => r.field === field && holds(r.when as unknown as Condition, values)) ?? false;

/** The fields whose values a condition asks: not those of which it asks only whether they have one. */
function valued(c: Condition): string[] {
  if ("all" in c) return c.all.flatMap(valued);
  if ("any" in c) return c.any.flatMap(valued);
  if ("not" in c) return valued(c.not);
  return c.test.op === "is_empty" || c.test.op === "is_not_empty" ? [] : [c.test.field];
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === "";

/** Whether what a rule says holds. Where a field whose value it asks has none, it does. */
export function passes({ must }: Pick<CheckForm, "must">, values: Values): boolean {
  if (must.hold) {
    const condition = must.hold as unknown as Condition;
    return valued(condition).some((name) => isEmpty(values[name])) || holds(condition, values);
  }
  if (!must.compare) return true;
  const { left, op, right } = must.compare;
  const [a, b] = [values[left], values[right]];
  if (isEmpty(a) || isEmpty(b)) return true;
  return holds({ test: { field: left, op: op as "le", value: b } }, values);
}

/** The fields that a rule asks. */
export function asked({ must }: Pick<CheckForm, "must">): string[] {
  if (must.compare) return [must.compare.left, must.compare.right];
  const of = (c: Condition): string[] => {
    if ("all" in c) return c.all.flatMap(of);
    if ("any" in c) return c.any.flatMap(of);
    return "not" in c ? of(c.not) : [c.test.field];
  };
  return must.hold ? of(must.hold as unknown as Condition) : [];
}

/** The rules that stand at a field and do not hold; of a record that is there, only those that the change touches. */
export function broken(rules: Rules | undefined, field: string, before: Values, now: Values): CheckForm[] {
  const touched = (name: string) => JSON.stringify(before[name] ?? null) !== JSON.stringify(now[name] ?? null);
  return (rules?.checks ?? []).filter((c) => c.field === field && asked(c).some(touched) && !passes(c, now));
}
