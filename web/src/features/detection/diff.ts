// Which lines differ between two texts: the longest common part stays, the rest came or went.

export type DiffLine = { kind: "same" | "gone" | "new"; text: string };

/** Longest texts that are compared line by line; beyond, one goes and the other comes. */
const MOST = 3_000;

export function diff(before: string, after: string): DiffLine[] {
  const a = before === "" ? [] : before.split("\n");
  const b = after === "" ? [] : after.split("\n");
  if (a.length > MOST || b.length > MOST) {
    return [
      ...a.map((text): DiffLine => ({ kind: "gone", text })),
      ...b.map((text): DiffLine => ({ kind: "new", text })),
    ];
  }
  // length[i][j]: the longest common part of what follows line i of the one and line j of the other.
  const length: Uint16Array[] = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = length[i];
    if (!row) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: "same", text: a[i] ?? "" });
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: "gone", text: a[i] ?? "" });
      i++;
    } else {
      lines.push({ kind: "new", text: b[j] ?? "" });
      j++;
    }
  }
  return lines;
}
