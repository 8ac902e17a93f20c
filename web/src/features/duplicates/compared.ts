// Which fields tell one record from another. The server decides the same way (docs/sales-process.md).

import type { FieldForm, ObjectForm } from "@/api/types";
import type { Values } from "@/shared/RecordForm";

type Compared = Pick<ObjectForm, "fields" | "title_field" | "customer_field">;

/** A customer's name does; the subject of a task or the name of an opportunity is anybody's. */
export const compared = (object: Compared): FieldForm[] =>
  object.fields.filter(
    (f) => f.search === "exact" || (f.search === "part" && !object.customer_field && f.name === object.title_field),
  );

/** What there is to ask for: values of a length that says something. */
export function asked(object: Compared, values: Values): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name } of compared(object)) {
    const value = values[name];
    if (typeof value === "string" && value.trim().length >= 2) found[name] = value.trim();
  }
  return found;
}
