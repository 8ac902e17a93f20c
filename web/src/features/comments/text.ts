// The text of a comment: mentions stand in it as `@[id]`, and as `@name` while it is written; addresses become links.

export type Mention = { user: string; name: string };
export type Part = { kind: "text" | "mention" | "link"; text: string; at: number };

const PARTS = /@\[([0-9a-f-]{36})\]|https?:\/\/[^\s<>"'，。；！？、）】》]+/g;

/** In parts to be drawn. Nothing of it is ever taken for markup. */
export function partsOf(text: string, mentions: Mention[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(PARTS)) {
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index), at: from });
    const who = mentions.find((m) => m.user === match[1]);
    if (match[1] !== undefined) parts.push({ kind: "mention", text: `@${who?.name ?? "—"}`, at: match.index });
    else parts.push({ kind: "link", text: match[0], at: match.index });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from), at: from });
  return parts;
}

/** As it is written: with names. */
export function written(text: string, mentions: Mention[]): string {
  return mentions.reduce((t, m) => t.replaceAll(`@[${m.user}]`, `@${m.name}`), text);
}

/** As it is sent: the names that were chosen become ids, the longest first. */
export function sent(text: string, chosen: Mention[]): string {
  const longest = [...chosen].sort((a, b) => b.name.length - a.name.length);
  return longest.reduce((t, m) => t.replaceAll(`@${m.name}`, `@[${m.user}]`), text);
}
