import type { Condition, ObjectForm } from "@/api/types";
import { today } from "@/shared/format";

/** What is due and not done by now, of an object type whose records are done on a day. */
export function overdueFilter(object: ObjectForm): Condition | undefined {
  const { done } = object.process;
  if (!done) return undefined;
  return {
    all: [
      { not: { test: { field: done.done, op: "eq", value: true } } },
      { test: { field: done.due, op: "lt", value: today() } },
    ],
  };
}
