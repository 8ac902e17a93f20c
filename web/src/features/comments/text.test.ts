import { describe, expect, it } from "vitest";
import { partsOf, sent, written } from "./text";

const li = { user: "0198c0de-0000-7000-8000-000000000001", name: "李雷" };
const long = { user: "0198c0de-0000-7000-8000-000000000002", name: "李雷雷" };

describe("the text of a comment", () => {
  it("keeps mentions by id and shows them by name", () => {
    const text = sent("@李雷雷 和 @李雷 看一下", [li, long]);
    expect(text).toBe(`@[${long.user}] 和 @[${li.user}] 看一下`);
    expect(written(text, [li, long])).toBe("@李雷雷 和 @李雷 看一下");
    expect(partsOf(text, [li, long]).map((p) => [p.kind, p.text])).toEqual([
      ["mention", "@李雷雷"],
      ["text", " 和 "],
      ["mention", "@李雷"],
      ["text", " 看一下"],
    ]);
  });

  it("links what is an address on the web and nothing else", () => {
    const kinds = (text: string) => partsOf(text, []).map((p) => [p.kind, p.text]);
    expect(kinds("见 https://a.example/b?c=1，谢谢")).toEqual([
      ["text", "见 "],
      ["link", "https://a.example/b?c=1"],
      ["text", "，谢谢"],
    ]);
    expect(kinds("javascript:alert(1) <b>x</b> @[x]")).toEqual([["text", "javascript:alert(1) <b>x</b> @[x]"]]);
  });
});
