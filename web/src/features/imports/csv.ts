// Text with separated values: UTF-8 with or without a mark, or GB18030; `,`, `;` or tab, whichever the heading has most of.

/** The text of a file: UTF-8 if all of it is, else GB18030. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

function delimiterOf(text: string): string {
  const heading =
    text
      .slice(0, 20_000)
      .split(/\r?\n/)
      .find((line) => line.trim() !== "") ?? "";
  const bare = heading.replace(/"[^"]*"/g, "");
  const often = (sign: string) => bare.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (often(sign) > often(best) ? sign : best));
}

/** All rows, the heading first. Quite empty lines are passed over; a line break within quotes begins no row. */
export function parseCsv(text: string): string[][] {
  const delimiter = delimiterOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  let at = 0;
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  };
  while (at < text.length) {
    const sign = text[at] as string;
    if (quoted) {
      const end = text.indexOf('"', at);
      if (end < 0) throw new Error("quote");
      cell += text.slice(at, end);
      at = end + 1;
      if (text[at] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === "") {
      quoted = true;
      at += 1;
    } else if (sign === delimiter) {
      endCell();
      at += 1;
    } else if (sign === "\n" || sign === "\r") {
      endRow();
      at += sign === "\r" && text[at + 1] === "\n" ? 2 : 1;
    } else {
      // Everything up to the next sign that means something.
      let end = at + 1;
      while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
      cell += text.slice(at, end);
      at = end;
    }
  }
  if (quoted) throw new Error("quote");
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}
