import { expect, test } from "vitest";
import { ProblemError } from "@/api/problem";
import type { FieldForm, ImportAnswer, ObjectForm } from "@/api/types";
import { cellValue, dateText, guess, lacks, type NewRow, readRows } from "./mapping";
import { errorFile, runImport } from "./run";

const field = (name: string, zh: string, en: string, kind: string, more: object = {}): FieldForm =>
  ({
    name,
    label: { zh, en },
    type: { kind, ...more },
    level: "editable",
    kept: false,
    required: name === "name",
    unique: false,
    class: "internal",
  }) as unknown as FieldForm;
const options = [
  { value: "A", label: { zh: "重点", en: "Key" } },
  { value: "B", label: { zh: "普通", en: "Plain" } },
];
const object = {
  name: "customer",
  title_field: "name",
  customer_field: null,
  has_pool: true,
  fields: [
    field("name", "名称", "Name", "text"),
    field("level", "级别", "Level", "choice", { options }),
    field("revenue", "营收", "Revenue", "money"),
    field("vip", "VIP", "VIP", "bool"),
    field("tags", "标签", "Tags", "multi_choice", { options }),
    field("founded", "成立日期", "Founded", "date"),
    { ...field("since", "入池时间", "Since", "date_time"), kept: true },
  ],
} as unknown as ObjectForm;
const headings = ["客户编号", "名称", "Level", "营收（元）", "负责人", "备注"];

test("headings are understood in both languages, and what is not is left out", () => {
  const mapping = guess(headings, object, []);
  expect(mapping.columns).toEqual({ 名称: "name", Level: "level" });
  expect(mapping).toMatchObject({ key: ["客户编号"], owner: "负责人", customer: null });
  expect(lacks(mapping, object)).toEqual(["source"]);
  expect(lacks({ ...mapping, columns: {}, key: [] }, object)).toEqual(["source", "key", "columns", "required"]);
});

test("a heading that is part of a label, or has one as its part, is that field", () => {
  const named = {
    ...object,
    fields: [field("name", "客户名称", "Customer name", "text"), field("phone", "电话", "Phone", "phone")],
  };
  expect(guess(["名称", "联系电话", "话"], named as ObjectForm, []).columns).toEqual({
    名称: "name",
    联系电话: "phone",
  });
});

test("a mapping of the same columns is taken up again, but for fields that are gone", () => {
  const mapping = { ...guess(headings, object, []), source: "erp", columns: { 名称: "name", Level: "gone" } };
  expect(guess(headings, object, [{ headings, mapping }])).toEqual({ ...mapping, columns: { 名称: "name" } });
  expect(guess(["名称"], object, [{ headings, mapping }]).source).toBe("");
});

test("cells become what the API takes", () => {
  const at = (name: string) => object.fields.find((f) => f.name === name) as FieldForm;
  expect(cellValue(" 重点 ", at("level"))).toBe("A");
  expect(cellValue("Z", at("level"))).toBe("Z");
  const graded = [
    { value: "A", label: { zh: "A 重点", en: "A key" } },
    { value: "B", label: { zh: "B 普通", en: "B normal" } },
  ];
  const level = field("level", "级别", "Level", "choice", { options: graded });
  expect(["重点", "normal", "A", "key x"].map((word) => cellValue(word, level))).toEqual(["A", "B", "A", "key x"]);
  expect(cellValue("¥1,234.50", at("revenue"))).toBe("1234.50");
  expect([cellValue("是", at("vip")), cellValue("No", at("vip")), cellValue("", at("vip"))]).toEqual([
    true,
    false,
    null,
  ]);
  expect(cellValue("重点、Plain", at("tags"))).toEqual(["A", "B"]);
  expect(cellValue("2026年1月2日", at("founded"))).toBe("2026-01-02");
  expect(dateText("2026/1/2 08:30")).toBe("2026-01-02T08:30");
});

const table = {
  headings: ["编号", "名称", "负责人"],
  rows: [
    { number: 1, cells: ["K1", "甲", "rep1"] },
    { number: 2, cells: ["", "乙"] },
    { number: 3, cells: ["K1", "丙"] },
    { number: 4, cells: ["K4", "丁", "", "x"] },
    { number: 5, cells: ["K5", "戊"] },
    { number: 6, cells: ["K6", "\u0000sheet_error"] },
  ],
};
const mapping = {
  source: "erp",
  key: ["编号"],
  columns: { 名称: "name" },
  owner: "负责人",
  customer: null,
  customer_source: null,
};

test("a row that cannot be read is told, and the others are sent", () => {
  const read = readRows(table, mapping, object, "pool", "me");
  expect(read.rows.map((r) => r.row)).toEqual([
    { key: "K1", fields: { name: "甲" }, owner: "rep1" },
    { key: "K5", fields: { name: "戊" }, pool: true },
  ]);
  expect(read.problems.map((p) => [p.row, p.code])).toEqual([
    [2, "required"],
    [3, "duplicate"],
    [4, "too_many_cells"],
    [6, "sheet_error"],
  ]);
  expect(readRows(table, mapping, object, "me", "me").rows[1]?.row.owner).toBe("me");
});

const rows = (n: number) =>
  Array.from({ length: n }, (_, at) => ({ number: at + 1, row: { key: String(at), fields: {} } as NewRow }));
const answer = (created: number, rejected: ImportAnswer["rejected"] = []): ImportAnswer => ({
  job: "j",
  created,
  changed: 0,
  unchanged: 0,
  rejected,
});
const taken = new ProblemError({ title: "t", status: 409, code: "taken", help: { zh: "", en: "" } });

test("chunks are one import, and rejected rows keep their numbers", async () => {
  const jobs: (string | undefined)[] = [];
  const run = await runImport(
    { rows: rows(1200), problems: [] },
    mapping,
    async (part, job) => {
      jobs.push(job);
      const errors = [{ pointer: "/fields/name", code: "required", reason: "", help: { zh: "必填", en: "needed" } }];
      return answer(part.length - 1, [{ row: 2, errors }]);
    },
    () => false,
    () => undefined,
  );
  expect(jobs).toEqual([undefined, "j", "j"]);
  expect(run).toMatchObject({ created: 1197, sent: 1200, stopped: false });
  expect(run.problems).toEqual(
    [2, 502, 1002].map((row) => ({ row, column: "名称", code: "required", help: { zh: "必填", en: "needed" } })),
  );
});

test("a value that somebody else takes meanwhile rejects its row alone", async () => {
  const run = await runImport(
    { rows: rows(7), problems: [] },
    mapping,
    async (part) => {
      if (part.some((r) => r.row.key === "4")) throw taken;
      return answer(part.length);
    },
    () => false,
    () => undefined,
  );
  expect([run.created, run.problems]).toEqual([6, [{ row: 5, column: "", code: "duplicate" }]]);
});

test("it stops between chunks, and where the server refuses a whole one", async () => {
  let sent = 0;
  const stopped = await runImport(
    { rows: rows(2000), problems: [] },
    mapping,
    async (part) => {
      sent += 1;
      return answer(part.length);
    },
    () => sent >= 2,
    () => undefined,
  );
  expect([stopped.stopped, stopped.created]).toEqual([true, 1000]);
  const forbidden = new ProblemError({ title: "t", status: 403, code: "forbidden", help: { zh: "", en: "" } });
  const broken = await runImport(
    { rows: rows(10), problems: [] },
    mapping,
    () => Promise.reject(forbidden),
    () => false,
    () => undefined,
  );
  expect([broken.stopped, broken.broke?.code]).toEqual([true, "forbidden"]);
});

test("an error file holds no cell of the file, and no formula", () => {
  const text = errorFile([{ row: 3, column: "=cmd", code: "required" }], () => ({ zh: "必填", en: "needed" }));
  expect(text).toBe('\ufeffrow,column,code,原因,reason\r\n"3","\'=cmd","required","必填","needed"\r\n');
});
