import { expect, test } from "vitest";
import { checkProof, isSigned, readProof } from "./ledger";

// An event of a demo company's log: its leaf, its proof and the log's key, as the API gave them.
const KEY = "whosaw.demo/seed-7+7eb8563f+AbOlLpxJ0y4VVY3fr0wsevUc3P0ud4vMVbrr2D2+xYN6";
const LEAF =
  "AQEBog4e9sB/BJwgz33sQ2xfAAABog4e9sAAAAACAAAAAQAAAAAAAKK4NGhJ8AJfCbIuQQv1AgPBArjjmAMRSpobFjiS76ejJv8AAgLCahVhXeKcGaxSBthZqMoYMwbbIs6VRXBZWLtSy8FZe6ABsSf7bJ/fIrdLC9H2V2jJpvBfJxhpYm2LE/2i7mhgAtMtLPLchFCf0XaauAFmD5QVxbIoWgZOdBeRNrSWpqo=";
const PROOF =
  "c2sp.org/tlog-proof@v1\nindex 41656\nm4nvwBWntfkidZl78K6kgnYbc2fLLQLWICSmr7MUjU8=\naKCU3332HgEGdgGudc/fwoI3zqSMGd9xFqZZpCQOe/E=\n6/mhnDjCnlqlCAusurq4h6U9If7PBlqVVWQHzbwHOcg=\nJ07ytSzWgYozBSA2A2/EHdaRoeMDAm0CDcpzUBLnq74=\n/Av39oWPmvhBPDNloVC/PEyT2NoxzolGByQ2qOlzueM=\nIPTXmAhJRTjOhGCgH3NebFtzLtGZ8Q/8sYr12uoXd4g=\nWkA1wBSe7rF7Y0t9Bg+/X/h0j57Q31+NgRfepiaffwY=\nd764RxG/AqcSXNVNTfN4gzmnFCh4VTLS/h/El+qJhA0=\niZAHUcovAYOm7HcTxK7e7/5HSuWppKKZD9avyj4eLUw=\nvwEtkZnPrM4iPzVO7tHDN3CNBenVhEam1e062Bu+gnU=\nDKc8t8kyA8i4+AcT/KbwN6B0SPoSbXj4Be2e95/dGEo=\n\nwhosaw.demo/seed-7\n41704\na3bTxOANsIaf7Eb9DylPNxHtxKFEG5HAfVemjXzcPgQ=\n\n— whosaw.demo/seed-7 frhWPw74wQVR+5loYrze96q4S9eygwOYENlUBq96nHCEcZ82NjrYZYibAS86CCtG8VTnAW1LQvl4BSxxPjVxfkJhww4=\n";

const read = readProof(PROOF);

test("an entry of the log is found where the proof says", async () => {
  expect(await checkProof(LEAF, PROOF, KEY)).toEqual({
    kind: "ok",
    index: read.index,
    size: read.checkpoint.size,
    root: read.checkpoint.root,
  });
});

test("another entry, another place, another root and another key are noticed", async () => {
  const bytes = Uint8Array.from(atob(LEAF), (c) => c.charCodeAt(0));
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  const other = btoa(String.fromCharCode(...bytes));
  expect(await checkProof(other, PROOF, KEY)).toEqual({ kind: "wrong", what: "root" });
  const elsewhere = PROOF.replace(`index ${read.index}`, `index ${read.index - 1}`);
  expect(await checkProof(LEAF, elsewhere, KEY)).toEqual({ kind: "wrong", what: "root" });
  expect(await checkProof(LEAF, "nonsense", KEY)).toEqual({ kind: "wrong", what: "format" });
  const larger = { ...read.checkpoint, signed: read.checkpoint.signed.replace(/\n\d+\n/, "\n999999\n") };
  expect(await isSigned(larger, KEY)).toBe(false);
  const foreign = KEY.replace(/\+[0-9a-f]{8}\+/, "+00000000+");
  expect(await checkProof(LEAF, PROOF, foreign)).toEqual({ kind: "wrong", what: "signature" });
});
