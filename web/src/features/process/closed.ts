import type { ObjectForm, RecordView } from "@/api/types";

/** Whether converting or discarding has closed the record. */
export function isClosed(object: ObjectForm, record: RecordView): boolean {
  const { convert, discard } = object.process;
  return [convert, discard].some((part) => part !== undefined && record.fields[part.status] === part.to);
}
