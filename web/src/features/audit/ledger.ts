// The signed log, checked in the browser: a checkpoint (c2sp.org/tlog-checkpoint), its Ed25519 signature (signed-note) and an
// entry's place in the tree (c2sp.org/tlog-proof, RFC 6962). A second look, not the last word: the page that checks comes from
// the server that is checked, which is why the program `whosaw-verify` exists.

export type Checkpoint = {
  origin: string;
  size: number;
  /** Base64. */
  root: string;
  /** What was signed. */
  signed: string;
  signatures: { name: string; blob: Uint8Array<ArrayBuffer> }[];
};
export type TreeProof = { index: number; path: Uint8Array<ArrayBuffer>[]; checkpoint: Checkpoint };

export type Verdict =
  | { kind: "ok"; index: number; size: number; root: string }
  | { kind: "wrong"; what: "root" | "signature" | "format" }
  /** This browser cannot check here: no secure context, or no Ed25519. */
  | { kind: "unable" };

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
export const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** @throws Error if it is no checkpoint. */
export function readCheckpoint(text: string): Checkpoint {
  const end = text.indexOf("\n\n");
  const [origin, size, root] = text.slice(0, end).split("\n");
  if (end < 0 || !origin || !size || !/^\d+$/.test(size) || !root) throw new Error("not a checkpoint");
  const signatures = text
    .slice(end + 2)
    .split("\n")
    .filter((line) => line.startsWith("— "))
    .map((line) => {
      const [, name = "", blob = ""] = line.split(" ");
      return { name, blob: fromBase64(blob) };
    });
  return { origin, size: Number(size), root, signed: text.slice(0, end + 1), signatures };
}

/** @throws Error if it is no proof. */
export function readProof(text: string): TreeProof {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  const index = /^index (\d+)$/.exec(lines.find((l) => l.startsWith("index ")) ?? "")?.[1];
  if (lines[0] !== "c2sp.org/tlog-proof@v1" || index === undefined) throw new Error("not a proof");
  const path = lines.slice(lines.findIndex((l) => l.startsWith("index ")) + 1).map(fromBase64);
  return { index: Number(index), path, checkpoint: readCheckpoint(text.slice(end + 2)) };
}

export async function hash(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}

/** The root a tree of `size` has if the entry stands at `index` (RFC 9162, 2.1.3.2); nothing if the path does not fit. */
export async function rootOf(
  entry: Uint8Array,
  index: number,
  size: number,
  path: Uint8Array[],
): Promise<string | undefined> {
  if (index >= size) return undefined;
  const half = (n: number) => Math.floor(n / 2);
  let at = index;
  let last = size - 1;
  let node = await hash(Uint8Array.of(0), entry);
  for (const beside of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      node = await hash(Uint8Array.of(1), beside, node);
      while (at % 2 === 0 && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else {
      node = await hash(Uint8Array.of(1), node, beside);
    }
    at = half(at);
    last = half(last);
  }
  return last === 0 ? toBase64(node) : undefined;
}

/** Whether the key signed the checkpoint. `undefined` where the browser cannot tell. */
export async function isSigned(checkpoint: Checkpoint, vkey: string): Promise<boolean | undefined> {
  const [name = "", id = "", ...rest] = vkey.trim().split("+");
  const key = fromBase64(rest.join("+"));
  // One byte for the kind of signature, then the key.
  if (key.length !== 33 || key[0] !== 1) return false;
  const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  const found = checkpoint.signatures.find((s) => s.name === name && hex(s.blob.slice(0, 4)) === id);
  if (!found) return false;
  try {
    const imported = await crypto.subtle.importKey("raw", key.slice(1), { name: "Ed25519" }, false, ["verify"]);
    const text = new TextEncoder().encode(checkpoint.signed);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, found.blob.slice(4), text);
  } catch {
    return undefined;
  }
}

/** Whether an entry (base64) stands in the signed log, as the proof says. */
export async function checkProof(entry: string, proof: string, vkey: string): Promise<Verdict> {
  if (globalThis.crypto?.subtle === undefined) return { kind: "unable" };
  let read: TreeProof;
  try {
    read = readProof(proof);
  } catch {
    return { kind: "wrong", what: "format" };
  }
  const { index, path, checkpoint } = read;
  const root = await rootOf(fromBase64(entry), index, checkpoint.size, path);
  if (root !== checkpoint.root) return { kind: "wrong", what: "root" };
  const signed = await isSigned(checkpoint, vkey);
  if (signed === undefined) return { kind: "unable" };
  return signed ? { kind: "ok", index, size: checkpoint.size, root } : { kind: "wrong", what: "signature" };
}
