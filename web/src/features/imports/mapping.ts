// Which column becomes what, guessed by the headings; and from a row of texts to a row that the API takes.

import type { Help } from "@/api/problem";
import type { FieldForm, FieldValue, ImportMapping, KeptMapping, ObjectForm } from "@/api/types";
import { addressValue, partOfHeading, partsOf } from "@/shared/address/address";
import type { Row, Table } from "./file";
import { BAD } from "./xlsx";

/** A row as the API takes it. */
export type NewRow = {
  key: string;
  fields: Record<string, FieldValue>;
  owner?: string;
  pool?: boolean;
  customer_key?: string;
};
/** What is wrong with a row: the column, and a word of the catalogue or a code of the API. */
/** `help` is what the server says of this case; without it the code's own words. */
export type RowProblem = { row: number; column: string; code: string; help?: Help };
/** What becomes of a row without an owner. */
export type Unowned = "pool" | "me" | "none";

const KEY_SEPARATOR = "\u001f";
const LONGEST_KEY = 200;

const norm = (text: string): string => text.toLowerCase().replace(/[\s_\-/（）()：:*#.]+/g, "");
const OWNERS = [
  "负责人",
  "所有者",
  "归属人",
  "owner",
  "owneremail",
  "sales",
  "销售",
  "salesagent",
  "业务员",
  "跟进人",
].map(norm);
const KEYS = [
  "编号",
  "客户编号",
  "id",
  "no",
  "code",
  "编码",
  "key",
  "客户编码",
  "number",
  "externalid",
  "外部编号",
].map(norm);
const CUSTOMERS = ["客户", "客户名称", "customer", "account", "公司", "company", "客户编号", "customerid"].map(norm);

/** Fields that a file can give: those that can be written, but for the customer, which has its own column. */
export const fieldsOf = (object: ObjectForm): FieldForm[] =>
  // A numbered field may be brought: records had their numbers elsewhere.
  object.fields.filter(
    (f) =>
      (f.numbered || (f.level === "editable" && !f.kept)) &&
      f.name !== object.customer_field &&
      f.type.kind !== "attachment",
  );

/** A mapping kept for exactly these columns; without one, what the headings seem to say. */
export function guess(headings: string[], object: ObjectForm, kept: readonly KeptMapping[]): ImportMapping {
  const same = kept.find((k) => JSON.stringify(k.headings) === JSON.stringify(headings));
  if (same) {
    const known = new Set(fieldsOf(object).map((f) => f.name));
    const columns = Object.entries(same.mapping.columns).filter(([, field]) => known.has(field));
    return { ...same.mapping, columns: Object.fromEntries(columns) };
  }
  const columns: Record<string, string> = {};
  const fields = fieldsOf(object);
  for (const heading of headings) {
    const name = norm(heading);
    const taken = Object.values(columns);
    const names = (f: FieldForm) => [f.name, f.label.zh, f.label.en].map(norm);
    const free = fields.filter((f) => !taken.includes(f.name));
    // `名称` is `客户名称`, and `联系电话` is `电话`.
    const alike = (n: string) => n.length > 1 && name.length > 1 && (name.endsWith(n) || n.endsWith(name));
    const found = free.find((f) => names(f).includes(name)) ?? free.find((f) => names(f).some(alike));
    if (found) columns[heading] = found.name;
  }
  const like = (words: string[]) => headings.find((h) => words.includes(norm(h)));
  const owner = headings.find((h) => OWNERS.includes(norm(h)) && !(h in columns));
  const customer = object.customer_field ? like(CUSTOMERS) : undefined;
  if (customer !== undefined) delete columns[customer];
  const unique = headings.find((h) => fields.some((f) => f.unique && columns[h] === f.name));
  const title = headings.find((h) => columns[h] === object.title_field);
  const key = headings.find((h) => KEYS.includes(norm(h)) && h !== customer) ?? unique ?? title;
  return {
    source: "",
    key: key === undefined ? [] : [key],
    columns,
    owner: owner ?? null,
    customer: customer ?? null,
    customer_source: null,
  };
}

const YES = ["true", "yes", "y", "1", "是", "有", "√", "对"];
const NO = ["false", "no", "n", "0", "否", "无", "×", "错"];

/** A date as people write it. */
export function dateText(text: string): string {
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(.*)$/.exec(text.trim());
  if (!m) return text;
  const [, year, month, day, rest] = m as unknown as [string, string, string, string, string];
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}${rest.trim() === "" ? "" : `T${rest.replace("T", "").trim()}`}`;
}

/** The option that a word means: its value, one of its labels, or a part of a label that only it has (`重点` of `A 重点`). */
function optionOf(word: string, options: NonNullable<FieldForm["type"]["options"]>): string | undefined {
  const whole = options.find((o) => [o.value, o.label.zh, o.label.en].includes(word));
  if (whole) return whole.value;
  const parts = options.filter((o) => `${o.label.zh} ${o.label.en}`.split(/\s+/).includes(word));
  return parts.length === 1 ? parts[0]?.value : undefined;
}

/** A cell as a value of the field, in the API's form; the API reads it, and says what it is not. */
export function cellValue(text: string, field: FieldForm): FieldValue {
  const cell = text.trim();
  if (cell === "") return null;
  const options = field.type.options ?? [];
  const option = (word: string) => optionOf(word, options) ?? word;
  switch (field.type.kind) {
    case "bool": {
      const word = cell.toLowerCase();
      return YES.includes(word) ? true : NO.includes(word) ? false : cell;
    }
    case "number":
    case "money":
      return cell.replace(/[,，\s¥￥$€]/g, "").replace(/元$/, "");
    case "date":
      return dateText(cell).slice(0, 10);
    case "date_time":
      return dateText(cell);
    case "choice":
      return option(cell);
    case "multi_choice":
      return cell
        .split(/[,，;；、|]/)
        .map((word) => word.trim())
        .filter((word) => word !== "")
        .map(option);
    default:
      return cell;
  }
}

/** What of a mapping is missing; words of the catalogue. */
export function lacks(
  mapping: ImportMapping,
  object: ObjectForm,
): ("source" | "key" | "columns" | "customer" | "required")[] {
  const mapped = new Set(Object.values(mapping.columns));
  const required = fieldsOf(object).filter((f) => f.required && !mapped.has(f.name));
  const customerNeeded = object.fields.find((f) => f.name === object.customer_field)?.required === true;
  return [
    ...(mapping.source.trim() === "" ? (["source"] as const) : []),
    ...(mapping.key.length === 0 ? (["key"] as const) : []),
    ...(mapped.size === 0 ? (["columns"] as const) : []),
    ...(customerNeeded && !mapping.customer ? (["customer"] as const) : []),
    ...(required.length > 0 ? (["required"] as const) : []),
  ];
}

export type Read = { rows: { number: number; row: NewRow }[]; problems: RowProblem[] };

/** Reads all rows by the mapping. A row that cannot be read, or has the key of an earlier one, is told and left out. */
export function readRows(
  table: Table,
  mapping: ImportMapping,
  object: ObjectForm,
  unowned: Unowned,
  myLogin: string,
): Read {
  const at = new Map(table.headings.map((h, n) => [h, n]));
  const fields = new Map(fieldsOf(object).map((f) => [f.name, f]));
  const cell = (row: Row, column: string) => row.cells[at.get(column) ?? -1]?.trim() ?? "";
  const columnsOf = Object.values(mapping.columns);
  const several = new Set(columnsOf.filter((name, n) => columnsOf.indexOf(name) !== n));
  const earlier = new Set<string>();
  const read: Read = { rows: [], problems: [] };
  for (const row of table.rows) {
    const problems: RowProblem[] = [];
    const wrong = (column: string, code: string) => problems.push({ row: row.number, column, code });
    if (row.cells.slice(table.headings.length).some((text) => text.trim() !== "")) wrong("", "too_many_cells");
    const named = new Set([...mapping.key, ...Object.keys(mapping.columns), mapping.owner, mapping.customer]);
    for (const column of named) {
      if (!column) continue;
      if (cell(row, column) === BAD.error) wrong(column, "sheet_error");
      if (cell(row, column) === BAD.number) wrong(column, "sheet_number");
    }
    const parts = mapping.key.map((column) => cell(row, column));
    const key = parts.join(KEY_SEPARATOR);
    if (parts.some((part) => part === "")) wrong(mapping.key.join("+"), "required");
    else if (key.length > LONGEST_KEY) wrong(mapping.key.join("+"), "invalid_value");
    else if (earlier.has(key)) wrong(mapping.key.join("+"), "duplicate");
    if (problems.length > 0) {
      read.problems.push(...problems);
      continue;
    }
    earlier.add(key);
    const values: Record<string, FieldValue> = {};
    for (const [column, name] of Object.entries(mapping.columns)) {
      const field = fields.get(name);
      if (field === undefined) continue;
      const text = cell(row, column);
      // Several columns of one address are its parts, by what they are called.
      if (field.type.kind === "address" && several.has(name)) {
        const known = partsOf(values[name]);
        const part = partOfHeading(column);
        values[name] = addressValue({ ...known, [part]: `${known[part] ?? ""}${text}` });
      } else values[name] = cellValue(text, field);
    }
    const owner = (mapping.owner ? cell(row, mapping.owner) : "") || (unowned === "me" ? myLogin : "");
    read.rows.push({
      number: row.number,
      row: {
        key,
        fields: values,
        ...(owner !== "" ? { owner } : object.has_pool && unowned === "pool" ? { pool: true } : {}),
        ...(mapping.customer && cell(row, mapping.customer) !== ""
          ? { customer_key: cell(row, mapping.customer) }
          : {}),
      },
    });
  }
  return read;
}
