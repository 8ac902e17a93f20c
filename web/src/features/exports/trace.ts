// What a file tells of where it came from: ids of exports that it names, and ids of records as they are written in it. A file is read
// here and nowhere else; XLSX is a ZIP of XML, of which the few forms that spreadsheets write are read.

// Ids of records are of version 7.
const ID =
  /(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-7[0-9A-Fa-f]{3}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f-])/g;
/** Before the id of an export, in the last row of a file and in its properties. */
const NAMED = /(?:导出编号|export|WhosawExport)[^0-9A-Fa-f]{0,160}?(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;
/** As many as the server looks at. */
const MOST = 200;

export type Marks = { ids: string[]; named: string[] };

/** The marks of a text. */
export function marksOf(text: string): Marks {
  const named = new Set<string>();
  for (const found of text.matchAll(NAMED)) if (found.groups?.id) named.add(found.groups.id);
  const ids = new Set<string>();
  for (const [id] of text.matchAll(ID)) {
    if (ids.size < MOST && !named.has(id.toLowerCase())) ids.add(id);
  }
  return { ids: [...ids], named: [...named].slice(0, MOST) };
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

/** The XML parts of a ZIP file, by its directory (APPNOTE 4.3.12). */
async function unzip(buffer: ArrayBuffer): Promise<string[]> {
  const view = new DataView(buffer);
  let end = buffer.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error("no directory");
  const parts: string[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n -= 1) {
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [number, number, number];
    const place = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(new Uint8Array(buffer, at + 46, lengths[0]));
    if (/^(?:xl\/(?:sharedStrings|worksheets\/)|docProps\/)/.test(name)) {
      const begin = place + 30 + view.getUint16(place + 26, true) + view.getUint16(place + 28, true);
      const bytes = new Uint8Array(buffer, begin, size);
      parts.push(method === 0 ? new TextDecoder().decode(bytes) : await inflate(bytes));
    }
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return parts;
}

/** The marks of a CSV or XLSX file. */
export async function read(file: File): Promise<Marks> {
  const buffer = await file.arrayBuffer();
  const isZip = buffer.byteLength > 4 && new DataView(buffer).getUint32(0, true) === 0x04034b50;
  const text = isZip ? (await unzip(buffer)).join("\n") : new TextDecoder().decode(buffer);
  return marksOf(text);
}
