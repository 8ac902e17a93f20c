import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { decode, parseCsv } from "./csv";
import { FileError, readTable } from "./file";
import { dateOf } from "./xlsx";

const bytes = (text: string) => new TextEncoder().encode(text);
/** A zip file of these parts, packed by turns and not. */
function zip(parts: Record<string, string>): Uint8Array {
  const out: number[] = [];
  const directory: number[] = [];
  const put = (to: number[], ...numbers: [number, number][]) =>
    numbers.forEach(([n, size]) => {
      for (let at = 0; at < size; at += 1) to.push((n >>> (8 * at)) & 255);
    });
  Object.entries(parts).forEach(([path, text], n) => {
    const name = bytes(path);
    const plain = bytes(text);
    const data = n % 2 === 0 ? new Uint8Array(deflateRawSync(plain)) : plain;
    const method = n % 2 === 0 ? 8 : 0;
    const at = out.length;
    put(
      out,
      [0x04034b50, 4],
      [20, 2],
      [0, 2],
      [method, 2],
      [0, 4],
      [0, 4],
      [data.length, 4],
      [plain.length, 4],
      [name.length, 2],
      [0, 2],
    );
    out.push(...name, ...data);
    put(
      directory,
      [0x02014b50, 4],
      [20, 2],
      [20, 2],
      [0, 2],
      [method, 2],
      [0, 4],
      [0, 4],
      [data.length, 4],
      [plain.length, 4],
    );
    put(directory, [name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
    directory.push(...name);
  });
  const from = out.length;
  out.push(...directory);
  const count = Object.keys(parts).length;
  put(out, [0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [directory.length, 4], [from, 4], [0, 2]);
  return new Uint8Array(out);
}

test("quotes, line breaks within them, and other signs between the cells", () => {
  expect(parseCsv('编号,名称\r\n1,"甲, ""乙""\n丙"\r\n\r\n2,丁\n')).toEqual([
    ["编号", "名称"],
    ["1", '甲, "乙"\n丙'],
    ["2", "丁"],
  ]);
  expect(parseCsv('"a;b",c;d\n1,2;3')).toEqual([
    ["a;b", "c;d"],
    ["1", "2;3"],
  ]);
  expect(parseCsv("a;b,c;d\n1;2;3")[1]).toEqual(["1", "2", "3"]);
  expect(() => parseCsv('a\n"b')).toThrow();
});

test("text is UTF-8, with a mark or without, or GB18030", () => {
  expect(decode(bytes("\ufeff名称"))).toBe("名称");
  expect(decode(new Uint8Array([0xc3, 0xfb, 0xb3, 0xc6]))).toBe("名称");
});

test("a sheet: shared and inline texts, dates, numbers that lost digits, gaps", async () => {
  const table = await readTable(
    zip({
      "xl/workbook.xml": '<workbook><sheets><sheet name="s" sheetId="1" r:id="rId7"/></sheets></workbook>',
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="rId7" Target="worksheets/first.xml"/></Relationships>',
      "xl/sharedStrings.xml":
        '<sst><si><t>编号</t></si><si><r><t>名</t></r><r><t xml:space="preserve">称</t></r><rPh><t>x</t></rPh></si><si><t>A&amp;B</t></si></sst>',
      "xl/styles.xml":
        '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>',
      "xl/worksheets/first.xml":
        '<sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>日期</t></is></c><c r="D2" t="inlineStr"><is><t>证件</t></is></c></row>' +
        '<row r="3"/><row r="5"><c r="A5"><v>7</v></c><c r="C5" s="1"><v>46349</v></c><c r="D5"><v>1.10105194912310E17</v></c></row>' +
        '<row r="6"><c r="A6" t="e"><v>#REF!</v></c><c r="B6" t="s"><v>2</v></c></row></sheetData>',
    }),
  );
  expect(table.headings).toEqual(["编号", "名称", "日期", "证件"]);
  expect(table.rows).toEqual([
    { number: 3, cells: ["7", "", "2026-11-23", "\u0000sheet_number"] },
    { number: 4, cells: ["\u0000sheet_error", "A&B"] },
  ]);
});

test("what cannot be read is told by its reason", async () => {
  const why = (data: Uint8Array) =>
    readTable(data).then(
      () => "read",
      (error: unknown) => (error instanceof FileError ? error.why : "other"),
    );
  expect(await why(bytes(""))).toBe("noHeading");
  expect(await why(bytes("a,a\n1,2"))).toBe("twoHeadings");
  expect(await why(bytes("a,,b\n1,2,3"))).toBe("emptyHeading");
  expect(await why(bytes('a\n"b'))).toBe("quote");
  expect(await why(new Uint8Array([0x61, 0, 0x62]))).toBe("zero");
  expect(await why(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]))).toBe("oldExcel");
  expect(await why(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2]))).toBe("damaged");
});

test("a day of a sheet is a day of the calendar", () => {
  expect([dateOf(46_349, false), dateOf(44_887, true), dateOf(46_349.5, false)]).toEqual([
    "2026-11-23",
    "2026-11-23",
    "2026-11-23T12:00:00",
  ]);
});
