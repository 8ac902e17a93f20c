// The first sheet of an XLSX file, as texts. The browser unpacks it itself; a file that unpacks to more than a sheet can need is
// refused while it is unpacked.

/** Bytes that all parts together may unpack to. */
const MOST_BYTES = 256 * 1024 * 1024;

/** A cell that cannot be read: an error of the spreadsheet, or a number that has lost digits. */
export const BAD = { error: "\u0000sheet_error", number: "\u0000sheet_number" } as const;

type Entry = { at: number; packed: number; method: number };

/** Where the parts of a zip file lie, by its directory at the end. */
function entries(file: DataView): Map<string, Entry> {
  let end = file.byteLength - 22;
  while (end >= 0 && end > file.byteLength - 66_000 && file.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0 || file.getUint32(end, true) !== 0x06054b50) throw new Error("zip");
  const found = new Map<string, Entry>();
  let at = file.getUint32(end + 16, true);
  for (let n = file.getUint16(end + 10, true); n > 0; n -= 1) {
    if (file.getUint32(at, true) !== 0x02014b50) throw new Error("zip");
    const [name, extra, comment] = [28, 30, 32].map((o) => file.getUint16(at + o, true)) as [number, number, number];
    const path = new TextDecoder().decode(new Uint8Array(file.buffer, file.byteOffset + at + 46, name));
    found.set(path, {
      at: file.getUint32(at + 42, true),
      packed: file.getUint32(at + 20, true),
      method: file.getUint16(at + 10, true),
    });
    at += 46 + name + extra + comment;
  }
  return found;
}

class Parts {
  private left = MOST_BYTES;
  private readonly view: DataView;
  private readonly all: Map<string, Entry>;
  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.all = entries(this.view);
  }
  async text(path: string): Promise<string | undefined> {
    const entry = this.all.get(path);
    if (entry === undefined) return undefined;
    const from = entry.at + 30 + this.view.getUint16(entry.at + 26, true) + this.view.getUint16(entry.at + 28, true);
    const packed = new Uint8Array(this.view.buffer as ArrayBuffer, this.view.byteOffset + from, entry.packed);
    if (entry.method === 0) return new TextDecoder().decode(packed);
    if (entry.method !== 8) throw new Error("zip");
    const whole = new ReadableStream<BufferSource>({
      start(control) {
        control.enqueue(packed);
        control.close();
      },
    });
    const stream = whole.pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = stream.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      this.left -= value.length;
      if (this.left < 0) {
        await reader.cancel();
        throw new Error("too_big");
      }
      text += decoder.decode(value, { stream: true });
    }
  }
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (xml: string): string =>
  xml
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string, dec: string, name: string) =>
      hex || dec ? String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(dec)) : (NAMED[name] ?? whole),
    )
    .replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
/** All `<t>` of a piece together, without the phonetic ones. */
const texts = (xml: string): string =>
  [...xml.replace(/<rPh[\s\S]*?<\/rPh>/g, "").matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)]
    .map((m) => plain(m[1] as string))
    .join("");
const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];

/** Which styles show a number as a date. */
function dateStyles(xml: string): Set<number> {
  const own = new Map<number, string>();
  for (const m of xml.matchAll(/<numFmt\s[^>]*>/g))
    own.set(Number(attribute(m[0], "numFmtId")), plain(attribute(m[0], "formatCode") ?? ""));
  const isDate = (id: number): boolean => {
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
      return true;
    const code = own.get(id)?.replace(/"[^"]*"|\[[^\]]*\]|\\./g, "");
    return code !== undefined && /[ymdh]/i.test(code);
  };
  const formats = /<cellXfs[\s\S]*?<\/cellXfs>/.exec(xml)?.[0] ?? "";
  const styles = [...formats.matchAll(/<xf\s[^>]*>/g)];
  return new Set(styles.flatMap((m, at) => (isDate(Number(attribute(m[0], "numFmtId") ?? 0)) ? [at] : [])));
}

/** Days since 1900 (or 1904) as a date, with the time where there is one. */
export function dateOf(serial: number, from1904: boolean): string {
  const ms = Math.round((serial + (from1904 ? 1462 : 0) - 25_569) * 86_400_000);
  const text = new Date(ms).toISOString();
  return Number.isInteger(serial) ? text.slice(0, 10) : text.slice(0, 19);
}

const columnOf = (reference: string): number =>
  [...(/^[A-Z]+/.exec(reference)?.[0] ?? "")].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** All rows of the first sheet with any text, each with its place in the sheet. */
export async function readSheet(bytes: Uint8Array): Promise<{ place: number; cells: string[] }[]> {
  const parts = new Parts(bytes);
  const book = (await parts.text("xl/workbook.xml")) ?? "";
  const links = (await parts.text("xl/_rels/workbook.xml.rels")) ?? "";
  const sheetId = attribute(/<sheet\s[^>]*>/.exec(book)?.[0] ?? "", "r:id");
  const link = [...links.matchAll(/<Relationship\s[^>]*>/g)]
    .map((m) => m[0])
    .find((tag) => attribute(tag, "Id") === sheetId);
  const target = (link && attribute(link, "Target")) ?? "worksheets/sheet1.xml";
  const sheet = await parts.text(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  if (sheet === undefined) throw new Error("sheet");
  const shared = [...((await parts.text("xl/sharedStrings.xml")) ?? "").matchAll(/<si>([\s\S]*?)<\/si>|<si\/>/g)].map(
    (m) => texts(m[1] ?? ""),
  );
  const dates = dateStyles((await parts.text("xl/styles.xml")) ?? "");
  const from1904 = /<workbookPr[^>]*date1904="(1|true)"/.test(book);
  const rows: { place: number; cells: string[] }[] = [];
  for (const m of sheet.matchAll(/<row(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/row>)/g)) {
    const cells: string[] = [];
    for (const c of (m[2] ?? "").matchAll(/<c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const [tag, body] = [c[1] ?? "", c[2] ?? ""];
      const reference = attribute(tag, "r");
      const at = reference === undefined ? cells.length : columnOf(reference);
      while (cells.length < at) cells.push("");
      const value = /<v(?:\s[^>]*)?>([\s\S]*?)<\/v>/.exec(body)?.[1];
      cells[at] = cellText(attribute(tag, "t"), Number(attribute(tag, "s") ?? -1), value, body, {
        shared,
        dates,
        from1904,
      });
    }
    if (cells.some((text) => text.trim() !== ""))
      rows.push({ place: Number(attribute(m[1] ?? "", "r") ?? rows.length + 1), cells });
  }
  return rows;
}

type Book = { shared: string[]; dates: Set<number>; from1904: boolean };

function cellText(
  type: string | undefined,
  style: number,
  value: string | undefined,
  body: string,
  book: Book,
): string {
  if (type === "inlineStr") return texts(body);
  if (value === undefined) return "";
  if (type === "s") return book.shared[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "true" : "false";
  if (type === "e") return BAD.error;
  if (type === "str" || type === "d") return plain(value);
  const number = Number(value);
  if (!Number.isFinite(number)) return plain(value);
  if (book.dates.has(style)) return dateOf(number, book.from1904);
  // The sheet keeps 15 digits: an identity number that was typed as a number has lost its last ones.
  if (Math.abs(number) >= 1e15) return BAD.number;
  return number.toString();
}
