import { expect, test } from "vitest";
import { catalogue, later } from "./catalogue";
import { words as inEnglish } from "./words.en";
import { words as inChinese } from "./words.zh";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === "string") all.set(at, value);
    else for (const [k, v] of flat(value, at)) all.set(k, v);
  }
  return all;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
const zh = flat({ ...catalogue.zh, ...later.zh } as unknown as Tree);
const en = flat({ ...catalogue.en, ...later.en } as unknown as Tree);

test("what is loaded for a language is what the types say", () => {
  expect(inChinese).toEqual(catalogue.zh);
  expect(inEnglish).toEqual(catalogue.en);
});

test("every word is there in Chinese and in English, and says something", () => {
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  for (const [key, text] of [...zh, ...en]) expect(text.trim(), key).not.toBe("");
});

test("both languages are given the same values", () => {
  for (const [key, text] of zh) expect(placeholders(en.get(key) ?? ""), key).toEqual(placeholders(text));
});

test("Chinese is Chinese, and English holds none of it", () => {
  const han = /\p{Script=Han}/u;
  const onlyValues = /^[\s{}\w·/.%—→；：、]*$/;
  const foreign: string[] = [];
  for (const [key, text] of zh) {
    // The name of the other language is written in that language.
    if (
      key === "common.language.switch" ||
      key === "common.listComma" ||
      onlyValues.test(text.replaceAll(/\{\{\w+\}\}/g, ""))
    )
      continue;
    if (!han.test(text)) foreign.push(`${key}: ${text}`);
  }
  expect(foreign).toEqual([]);
  for (const [key, text] of en)
    if (key !== "common.language.switch") expect(han.test(text), `${key}: ${text}`).toBe(false);
});
