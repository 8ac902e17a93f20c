// The whole published log, computed anew in the browser: every entry, every tile (c2sp.org/tlog-tiles), the root (RFC 6962).
// Tile after tile, so that the page stays usable and progress can be told.

import { type Checkpoint, hash, toBase64 } from "./ledger";

type Hash = Uint8Array<ArrayBuffer>;
/** A file of the published log; nothing where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>;
export type TreeVerdict = { kind: "ok" } | { kind: "wrong"; what: "entries" | "tile" | "root"; path?: string };

const WIDTH = 256;
const HASH_BYTES = 32;

/** Where a tile lies: number 1234067 is `x001/x234/067`. */
export function tilePath(level: number | "entries", number: number, width: number): string {
  const groups: string[] = [];
  for (let rest = number; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    const digits = String(rest % 1000).padStart(3, "0");
    groups.unshift(groups.length === 0 ? digits : `x${digits}`);
  }
  return `tile/${level}/${groups.join("/")}${width < WIDTH ? `.p/${width}` : ""}`;
}

/** The entries of a bundle, each behind its length; nothing if there are not so many, or more. */
export function readEntries(bundle: Uint8Array, count: number, whole: boolean): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < count) {
    const length = ((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0);
    const end = at + 2 + length;
    if (at + 2 > bundle.length || end > bundle.length) return undefined;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return whole && at !== bundle.length ? undefined : entries;
}

const node = (left: Uint8Array, right: Uint8Array) => hash(Uint8Array.of(1), left, right);
const leaf = (entry: Uint8Array) => hash(Uint8Array.of(0), entry);

/** The root over hashes whose number is a power of two. */
async function full(hashes: Hash[]): Promise<Hash> {
  let row = hashes;
  while (row.length > 1) {
    const pairs: Promise<Hash>[] = [];
    for (let n = 0; n < row.length; n += 2) pairs.push(node(row[n] as Hash, row[n + 1] as Hash));
    row = await Promise.all(pairs);
  }
  return row[0] as Hash;
}

/** The root over what is left beside full tiles, level by level: the largest full subtrees lie left, so they are joined from the right. */
async function rootOver(left: Hash[][]): Promise<string> {
  const peaks: Hash[] = [];
  for (const hashes of left.toReversed()) {
    let at = 0;
    for (let size = WIDTH / 2; size >= 1; size /= 2) {
      if ((hashes.length & size) === 0) continue;
      peaks.push(await full(hashes.slice(at, at + size)));
      at += size;
    }
  }
  let root = peaks.pop() ?? (await hash());
  for (const peak of peaks.toReversed()) root = await node(peak, root);
  return toBase64(root);
}

type Tile = { bytes: Uint8Array; whole: boolean };

/** A partial tile may be gone once the full one exists, which begins with it. */
async function readTile(
  read: ReadFile,
  level: number | "entries",
  n: number,
  width: number,
): Promise<Tile | undefined> {
  const bytes = await read(tilePath(level, n, width));
  if (bytes !== undefined || width === WIDTH) return bytes && { bytes, whole: true };
  const larger = await read(tilePath(level, n, WIDTH));
  return larger && { bytes: larger, whole: false };
}

function holds(tile: Tile | undefined, hashes: Hash[]): boolean {
  if (tile === undefined) return false;
  const { bytes, whole } = tile;
  if (whole ? bytes.length !== hashes.length * HASH_BYTES : bytes.length < hashes.length * HASH_BYTES) return false;
  return hashes.every((h, n) => h.every((byte, at) => byte === bytes[n * HASH_BYTES + at]));
}

/**
 * Whether the published files add up to the checkpoint. Its signature is another matter (`isSigned`).
 *
 * @throws what `read` throws, and the signal's reason when it is given up.
 */
export async function checkTree(
  { size, root }: Pick<Checkpoint, "size" | "root">,
  read: ReadFile,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (entries: number) => void } = {},
): Promise<TreeVerdict> {
  const left: Hash[][] = [];
  let above: Hash[] = [];
  const bundleOf = (n: number) => {
    const width = Math.min(WIDTH, size - n * WIDTH);
    const files = Promise.all([readTile(read, "entries", n, width), readTile(read, 0, n, width)]);
    // It is awaited a tile later; until then a failure has nobody to tell.
    files.catch(() => undefined);
    return files;
  };
  let ahead = size > 0 ? bundleOf(0) : undefined;
  for (let n = 0; n * WIDTH < size && ahead; n += 1) {
    signal?.throwIfAborted();
    const width = Math.min(WIDTH, size - n * WIDTH);
    const [bundle, tile] = await ahead;
    ahead = (n + 1) * WIDTH < size ? bundleOf(n + 1) : undefined;
    const entries = bundle && readEntries(bundle.bytes, width, bundle.whole);
    if (entries === undefined) return { kind: "wrong", what: "entries", path: tilePath("entries", n, width) };
    const hashes = await Promise.all(entries.map(leaf));
    if (!holds(tile, hashes)) return { kind: "wrong", what: "tile", path: tilePath(0, n, width) };
    if (width === WIDTH) above.push(await full(hashes));
    else left[0] = hashes;
    onProgress?.(n * WIDTH + width);
  }
  left[0] ??= [];
  for (let level = 1; above.length > 0; level += 1) {
    const here = above;
    above = [];
    left[level] = [];
    for (let n = 0; n * WIDTH < here.length; n += 1) {
      signal?.throwIfAborted();
      const hashes = here.slice(n * WIDTH, (n + 1) * WIDTH);
      if (!holds(await readTile(read, level, n, hashes.length), hashes))
        return { kind: "wrong", what: "tile", path: tilePath(level, n, hashes.length) };
      if (hashes.length === WIDTH) above.push(await full(hashes));
      else left[level] = hashes;
    }
  }
  return (await rootOver(left)) === root ? { kind: "ok" } : { kind: "wrong", what: "root" };
}
