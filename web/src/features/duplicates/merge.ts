// Which value each field has after a merge, before anybody chooses: the one of the record that stays, else the first of the
// others' that there is. The server decides the same way (docs/sales-process.md).

import type { FieldForm, FieldValue, ObjectForm, RecordView } from "@/api/types";

export const MOST_MERGED = 5;

export const shownIn = (record: RecordView, field: string): FieldValue => (record.fields[field] as FieldValue) ?? null;

const isEmpty = (value: FieldValue) => value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** The record whose value a field gets by the rule. */
export function byRule(records: RecordView[], field: string): string | undefined {
  return records.find((r) => !isEmpty(shownIn(r, field)))?.id;
}

/** Fields that at least one of the records shows, in the definition's order; those that the server gives are not merged. */
export const mergedFields = (object: ObjectForm, records: RecordView[]): FieldForm[] =>
  object.fields.filter(
    (f) =>
      f.name !== object.customer_field &&
      !f.kept &&
      !f.computed &&
      records.some((r) => f.name in r.fields && !isEmpty(shownIn(r, f.name))),
  );

/** Whether the records differ in a field. Masked values cannot be compared, and count as different. */
export function differs(records: RecordView[], field: string): boolean {
  const all = records.map((r) => (r.masked.includes(field) ? undefined : JSON.stringify(shownIn(r, field))));
  return all.includes(undefined) || new Set(all).size > 1;
}

export type Lost = { field: string; record: string };

/** What is gone after the merge: values that are neither chosen nor the same as the one that is. */
export function lost(records: RecordView[], fields: string[], chosen: (field: string) => string | undefined): Lost[] {
  const gone: Lost[] = [];
  for (const field of fields) {
    const kept = records.find((r) => r.id === chosen(field));
    const value = kept && JSON.stringify(shownIn(kept, field));
    for (const record of records) {
      const own = shownIn(record, field);
      const unknown = record.masked.includes(field) || (kept?.masked.includes(field) ?? false);
      if (record.id !== kept?.id && !isEmpty(own) && (unknown || JSON.stringify(own) !== value))
        gone.push({ field, record: record.id });
    }
  }
  return gone;
}
