import { expect, test } from "vitest";
import { type Block, blocks, inline } from "./markdown";
import { guide, PAGES, pageOf } from "./pages";

const parts = (block: Block) =>
  block.kind === "paragraph" ? block.parts : block.kind === "list" ? block.items.flat() : [];

test.each(["zh", "en"] as const)(
  "every page is there in %s, begins with its title, and links to pages that are there",
  async (language) => {
    for (const page of PAGES) {
      const all = blocks(await guide(language, page));
      expect(all[0]?.kind, page).toBe("heading");
      for (const part of all.flatMap(parts)) {
        if (part.kind === "link") expect(pageOf(part.to), `${page}: ${part.to}`).toBeDefined();
        // Markup that is not understood would stand there as it was written.
        if (part.kind === "text") expect(part.text, page).not.toMatch(/\*\*|`|\]\(|^#/);
      }
    }
  },
);

test("both languages have the same sections", async () => {
  const headings = async (language: "zh" | "en", page: (typeof PAGES)[number]) =>
    blocks(await guide(language, page)).filter((b) => b.kind === "heading").length;
  for (const page of PAGES) expect(await headings("zh", page), page).toBe(await headings("en", page));
});

test("text within a line is read as it is meant", () => {
  expect(inline("a **b** `c` [d](rep.md).")).toEqual([
    { kind: "text", text: "a " },
    { kind: "bold", text: "b" },
    { kind: "text", text: " " },
    { kind: "code", text: "c" },
    { kind: "text", text: " " },
    { kind: "link", text: "d", to: "rep.md" },
    { kind: "text", text: "." },
  ]);
});
