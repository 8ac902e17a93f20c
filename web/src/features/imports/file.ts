// A file of rows, read in the browser: it is never sent or kept as a whole. What a file is, its first bytes say, not its name.

import { decode, parseCsv } from "./csv";
import { readSheet } from "./xlsx";

/** A bigger file is for `whosaw import`, whose memory does not grow with it. */
export const MOST_BYTES = 32 * 1024 * 1024;
export const MOST_ROWS = 100_000;

export type Row = { number: number; cells: string[] };
export type Table = { headings: string[]; rows: Row[] };

/** Why a file cannot be read; a word of the catalogue. */
export type Unreadable =
  | "tooBig"
  | "tooManyRows"
  | "oldExcel"
  | "zero"
  | "noHeading"
  | "emptyHeading"
  | "twoHeadings"
  | "quote"
  | "damaged";

export class FileError extends Error {
  readonly why: Unreadable;
  readonly heading: string | undefined;
  constructor(why: Unreadable, heading?: string) {
    super(why);
    this.why = why;
    this.heading = heading;
  }
}

const begins = (bytes: Uint8Array, ...signs: number[]) => signs.every((sign, at) => bytes[at] === sign);

function tableOf(heading: string[] | undefined, rows: Row[]): Table {
  const headings = (heading ?? []).map((h) => h.trim());
  while (headings.length > 0 && headings.at(-1) === "") headings.pop();
  if (headings.length === 0) throw new FileError("noHeading");
  headings.forEach((h, at) => {
    if (h === "") throw new FileError("emptyHeading", String(at + 1));
    if (headings.indexOf(h) < at) throw new FileError("twoHeadings", h);
  });
  const filled = rows.filter((row) => row.cells.some((cell) => cell.trim() !== ""));
  if (filled.length > MOST_ROWS) throw new FileError("tooManyRows");
  return { headings, rows: filled };
}

export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (bytes.length > MOST_BYTES) throw new FileError("tooBig");
  if (begins(bytes, 0x50, 0x4b, 3, 4)) {
    try {
      const [first, ...rest] = await readSheet(bytes);
      const from = first?.place ?? 0;
      return tableOf(
        first?.cells,
        rest.map(({ place, cells }) => ({ number: place - from, cells })),
      );
    } catch (error) {
      if (error instanceof FileError) throw error;
      throw new FileError(error instanceof Error && error.message === "too_big" ? "tooBig" : "damaged");
    }
  }
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new FileError("oldExcel");
  if (bytes.includes(0)) throw new FileError("zero");
  let rows: string[][];
  try {
    rows = parseCsv(decode(bytes));
  } catch {
    throw new FileError("quote");
  }
  const [heading, ...rest] = rows;
  return tableOf(
    heading,
    rest.map((cells, at) => ({ number: at + 1, cells })),
  );
}
