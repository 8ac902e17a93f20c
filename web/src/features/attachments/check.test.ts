import { describe, expect, it } from "vitest";
import { sizeOf, wrongWith } from "./check";

describe("before a file is sent", () => {
  const list = { items: [], fields: [], may_add: true, most_bytes: 20 * 1024 * 1024, most_files: 2, refused: ["exe"] };
  it("says what the server would refuse", () => {
    expect(wrongWith({ name: "a.pdf", size: 10 }, list, 0)).toBeUndefined();
    expect(wrongWith({ name: "A.EXE ", size: 10 }, list, 0)).toEqual({ why: "refused", type: "exe" });
    expect(wrongWith({ name: "a", size: 0 }, list, 0)).toEqual({ why: "empty" });
    expect(wrongWith({ name: "a", size: 21 * 1024 * 1024 }, list, 0)).toEqual({
      why: "tooLarge",
      size: "21 MB",
      most: "20 MB",
    });
    expect(wrongWith({ name: "a", size: 1 }, list, 2)).toEqual({ why: "tooMany", count: 2 });
  });
  it("knows what a field of files takes", () => {
    const limits = { most: 2, types: ["pdf"], have: 1 };
    expect(wrongWith({ name: "a.PDF", size: 1 }, list, 0, limits)).toBeUndefined();
    expect(wrongWith({ name: "a.pdf", size: 1 }, list, 1, limits)).toEqual({ why: "fieldFull", count: 2 });
    expect(wrongWith({ name: "a.png", size: 1 }, list, 0, limits)).toEqual({ why: "notTaken", types: "pdf" });
  });
  it("tells sizes as people say them", () => {
    expect([0, 999, 1536, 20 * 1024 * 1024, 300 * 1024].map(sizeOf)).toEqual([
      "0 B",
      "999 B",
      "1.5 kB",
      "20 MB",
      "300 kB",
    ]);
  });
});
