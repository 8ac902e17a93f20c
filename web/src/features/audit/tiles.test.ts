import { expect, test } from "vitest";
import { fromBase64, hash, toBase64 } from "./ledger";
import { checkTree, readEntries, tilePath } from "./tiles";

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (b) => Number.parseInt(b, 16));
const base64 = (text: string) => toBase64(hex(text));

/** The root as RFC 6962, 2.1 defines it, without tiles. */
async function rootOf(entries: Uint8Array[]): Promise<Uint8Array> {
  if (entries.length === 0) return hash();
  const [only] = entries;
  if (entries.length === 1 && only) return hash(Uint8Array.of(0), only);
  let half = 1;
  while (half * 2 < entries.length) half *= 2;
  return hash(Uint8Array.of(1), await rootOf(entries.slice(0, half)), await rootOf(entries.slice(half)));
}

const join = (parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((p) => [...p]));

/** The log as files, as docs/ledger.md says. */
async function publish(entries: Uint8Array[]): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let row = await Promise.all(entries.map((e) => hash(Uint8Array.of(0), e)));
  for (let n = 0; n * 256 < entries.length; n += 1) {
    const some = entries.slice(n * 256, n * 256 + 256);
    const bundle = join(some.flatMap((e) => [Uint8Array.of(e.length >> 8, e.length & 255), e]));
    files.set(tilePath("entries", n, some.length), bundle);
  }
  for (let level = 0; row.length > 0; level += 1) {
    const next: Uint8Array<ArrayBuffer>[] = [];
    for (let n = 0; n * 256 < row.length; n += 1) {
      const some = row.slice(n * 256, n * 256 + 256);
      files.set(tilePath(level, n, some.length), join(some));
      let up = some;
      if (some.length < 256) continue;
      while (up.length > 1) {
        const pairs: Uint8Array<ArrayBuffer>[] = [];
        for (let i = 0; i < up.length; i += 2)
          pairs.push(await hash(Uint8Array.of(1), up[i] as Uint8Array, up[i + 1] as Uint8Array));
        up = pairs;
      }
      next.push(up[0] as Uint8Array<ArrayBuffer>);
    }
    row = next;
  }
  return files;
}
const entry = (n: number) => Uint8Array.of(n >> 8, n & 255, ...Array.from({ length: n % 7 }, () => 9));
const logOf = async (size: number) => {
  const entries = Array.from({ length: size }, (_, n) => entry(n));
  return { files: await publish(entries), size, root: toBase64(await rootOf(entries)) };
};

test("a tile lies where the standard says", () => {
  expect(tilePath(0, 0, 256)).toBe("tile/0/000");
  expect(tilePath(1, 1_234_067, 256)).toBe("tile/1/x001/x234/067");
  expect(tilePath("entries", 273, 112)).toBe("tile/entries/273.p/112");
});

test("the trees of RFC 6962's test vectors have their roots", async () => {
  const entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const roots = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  };
  for (const [size, root] of Object.entries(roots)) {
    const files = await publish(entries.slice(0, Number(size)).map(hex));
    const checked = await checkTree({ size: Number(size), root: base64(root) }, async (path) => files.get(path));
    expect(checked).toEqual({ kind: "ok" });
  }
  const nothing = toBase64(await hash());
  expect(await checkTree({ size: 0, root: nothing }, async () => undefined)).toEqual({ kind: "ok" });
});

test.each([255, 256, 257, 512, 600, 777])(
  "a tree of %i leaves is computed over its tiles, with progress",
  async (size) => {
    const { files, root } = await logOf(size);
    const told: number[] = [];
    const read = async (path: string) => files.get(path);
    expect(await checkTree({ size, root }, read, { onProgress: (n) => told.push(n) })).toEqual({ kind: "ok" });
    expect(told.at(-1)).toBe(size);
  },
);

test("an earlier checkpoint is checked with the full tiles that took the place of partial ones", async () => {
  const { files } = await logOf(600);
  const before = await logOf(300);
  // Level 1 has no full tile yet, so its partial one is still there.
  const read = async (path: string) =>
    files.get(path) ?? (path.startsWith("tile/1/") ? before.files.get(path) : undefined);
  expect(await checkTree(before, read)).toEqual({ kind: "ok" });
});

test("a changed entry, a changed tile, a missing file and another root are noticed, each with its path", async () => {
  const { files, size, root } = await logOf(600);
  const check = (change: (path: string, bytes: Uint8Array) => Uint8Array | undefined) =>
    checkTree({ size, root }, async (path) => {
      const bytes = files.get(path);
      return bytes && change(path, Uint8Array.from(bytes));
    });
  const flipped = (bytes: Uint8Array, at: number) => {
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  expect(await check((path, b) => (path === "tile/entries/001" ? flipped(b, 2) : b))).toEqual({
    kind: "wrong",
    what: "tile",
    path: "tile/0/001",
  });
  expect(await check((path, b) => (path === "tile/0/002.p/88" ? flipped(b, 40) : b))).toMatchObject({
    path: "tile/0/002.p/88",
  });
  expect(await check((path, b) => (path === "tile/1/000.p/2" ? flipped(b, 63) : b))).toMatchObject({
    path: "tile/1/000.p/2",
  });
  expect(await check((path, b) => (path === "tile/entries/000" ? undefined : b))).toEqual({
    kind: "wrong",
    what: "entries",
    path: "tile/entries/000",
  });
  const other = toBase64(flipped(fromBase64(root), 0));
  expect(await checkTree({ size, root: other }, async (path) => files.get(path))).toEqual({
    kind: "wrong",
    what: "root",
  });
});

test("a bundle that is cut short or goes on is none", () => {
  const bundle = Uint8Array.of(0, 1, 7, 0, 0, 0, 2, 8, 9);
  expect(readEntries(bundle, 3, true)?.map((e) => [...e])).toEqual([[7], [], [8, 9]]);
  expect(readEntries(bundle, 2, true)).toBeUndefined();
  expect(readEntries(bundle, 2, false)).toHaveLength(2);
  expect(readEntries(bundle, 4, true)).toBeUndefined();
  expect(readEntries(bundle.subarray(0, 8), 3, true)).toBeUndefined();
});

test("what is given up ends", async () => {
  const { files, size, root } = await logOf(600);
  const giveUp = new AbortController();
  const checking = checkTree({ size, root }, async (path) => files.get(path), {
    signal: giveUp.signal,
    onProgress: () => giveUp.abort(),
  });
  await expect(checking).rejects.toMatchObject({ name: "AbortError" });
});
