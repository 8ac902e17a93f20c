// Files that were chosen for a record before it was there: its page sends them once it is, with their progress and what goes wrong.

const waiting = new Map<string, File[]>();
const keyOf = (object: string, id: string, field: string) => `${object}/${id}/${field}`;

export function carry(object: string, id: string, chosen: Readonly<Record<string, readonly File[]>>): void {
  for (const [field, files] of Object.entries(chosen))
    if (files.length > 0) waiting.set(keyOf(object, id, field), [...files]);
}

/** Given once. */
export function carried(object: string, id: string, field: string): File[] {
  const key = keyOf(object, id, field);
  const files = waiting.get(key) ?? [];
  waiting.delete(key);
  return files;
}
