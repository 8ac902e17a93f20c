// What a list is sorted by: one key, or up to three, the first before the others.

export type Sort = { by: string; direction: "asc" | "desc" };

/** As many as the API takes. */
export const MOST_KEYS = 3;

const turned = (direction: Sort["direction"]) => (direction === "asc" ? "desc" : "asc");

/**
 * The keys after a press on a column's head. A plain press sorts by that column alone, and turns it if it was so already. With
 * shift it becomes one more key; one that is there is turned, then taken away.
 */
export function pressed(keys: readonly Sort[], by: string, more: boolean): Sort[] {
  const have = keys.find((k) => k.by === by);
  if (!more) {
    const alone = keys.length === 1 && have;
    return [{ by, direction: alone ? turned(have.direction) : "asc" }];
  }
  if (have === undefined) return [...keys, { by, direction: "asc" as const }].slice(-MOST_KEYS);
  if (have.direction === "desc" && keys.length > 1) return keys.filter((k) => k !== have);
  return keys.map((k) => (k === have ? { by, direction: turned(k.direction) } : k));
}
