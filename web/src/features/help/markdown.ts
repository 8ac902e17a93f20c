// As much of Markdown as the guide uses (docs/guide): headings, paragraphs, lists, bold, code, links. Made into blocks, never
// into HTML, so that nothing in a page can become markup.

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold"; text: string }
  | { kind: "code"; text: string }
  | { kind: "link"; text: string; to: string };
export type Block =
  | { kind: "heading"; level: 1 | 2; text: string }
  | { kind: "paragraph"; parts: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] };

const INLINE = /\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)/g;

export function inline(text: string): Inline[] {
  const parts: Inline[] = [];
  let last = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > last) parts.push({ kind: "text", text: text.slice(last, found.index) });
    const [whole, bold, code, link, to] = found;
    if (bold !== undefined) parts.push({ kind: "bold", text: bold });
    else if (code !== undefined) parts.push({ kind: "code", text: code });
    else parts.push({ kind: "link", text: link ?? "", to: to ?? "" });
    last = found.index + whole.length;
  }
  if (last < text.length) parts.push({ kind: "text", text: text.slice(last) });
  return parts;
}

export function blocks(source: string): Block[] {
  const all: Block[] = [];
  for (const part of source.split(/\n{2,}/)) {
    const lines = part.split("\n").filter((line) => line.trim() !== "");
    const [first] = lines;
    if (first === undefined) continue;
    const heading = /^(#{1,2}) (.+)$/.exec(first);
    if (heading) {
      all.push({ kind: "heading", level: heading[1] === "#" ? 1 : 2, text: heading[2] ?? "" });
      continue;
    }
    const item = /^(?:(\d+)\.|-) (.+)$/;
    if (item.test(first)) {
      const items = lines.map((line) => inline(item.exec(line)?.[2] ?? line));
      all.push({ kind: "list", ordered: /^\d/.test(first), items });
    } else {
      all.push({ kind: "paragraph", parts: inline(lines.join(" ")) });
    }
  }
  return all;
}
