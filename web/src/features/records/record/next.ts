import type { FieldValue, ObjectForm, RecordView } from "@/api/types";
import type { Values } from "@/shared/RecordForm";

/** What stands in the form of a record that is made after another: its customer, the other itself, and what is offered for it.
    Masked values are not carried over: they are not what they look like. */
export function nextValues(from: ObjectForm, record: RecordView, next: ObjectForm): Values {
  const editable = new Set(next.fields.filter((f) => f.level === "editable").map((f) => f.name));
  const values: Values = {};
  const put = (name: string, value: FieldValue | undefined) => {
    if (editable.has(name) && value !== undefined && value !== null) values[name] = value;
  };
  const offer = from.process.next?.find((b) => b.object === next.name)?.offer ?? {};
  for (const [to, of] of Object.entries(offer)) {
    if (!record.masked.includes(of)) put(to, record.fields[of] as FieldValue | undefined);
  }
  // Fields of the same name that lead to the same records: a plan's contract is its payment's.
  for (const field of next.fields.filter((f) => f.type.kind === "reference")) {
    const same = from.fields.find((f) => f.name === field.name && f.type.object === field.type.object);
    if (field.type.object === from.name) put(field.name, record.id);
    else if (same) put(field.name, record.fields[same.name] as FieldValue | undefined);
  }
  return values;
}
