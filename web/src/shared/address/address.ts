// An address in parts, as the server reads it (`model::Address`): in one line, from the whole to the part where it is written so.

export type Address = {
  country?: string;
  province?: string;
  city?: string;
  district?: string;
  street?: string;
  postcode?: string;
};

export const PARTS = ["country", "province", "city", "district", "street", "postcode"] as const;
export type Part = (typeof PARTS)[number];

const WIDE = /[\u2e80-\u9fff]/;

export const isAddress = (value: unknown): value is Address =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The parts of a value; one text is a street. */
export const partsOf = (value: unknown): Address =>
  isAddress(value) ? value : typeof value === "string" && value !== "" ? { street: value } : {};

/** In one line. */
export function addressLine(value: unknown): string {
  if (!isAddress(value)) return String(value ?? "");
  const { country = "", province = "", city = "", district = "", street = "", postcode = "" } = value;
  const once = city === province ? "" : city;
  if (PARTS.some((part) => WIDE.test(value[part] ?? ""))) {
    const line = country + province + once + district + street;
    return line === "" || postcode === "" ? line + postcode : `${line} ${postcode}`;
  }
  const region = [province, postcode].filter(Boolean).join(" ");
  return [street, district, once, region, country].filter(Boolean).join(", ");
}

/** As it is sent: without empty parts; a street alone is one text, and nothing is no value. */
export function addressValue(parts: Address): Address | string | null {
  const there = Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== undefined && text !== ""));
  const names = Object.keys(there);
  if (names.length === 0) return null;
  return names.length === 1 && there.street !== undefined ? there.street : there;
}

const HEADINGS: [Part, RegExp][] = [
  ["postcode", /邮编|邮政编码|postcode|postal|zip/i],
  ["country", /国家|country/i],
  ["province", /省|自治区|province|state/i],
  ["city", /城市|市$|^市|地级市|city/i],
  ["district", /区|县|district|county/i],
  ["street", /街道|详细|地址|street|address/i],
];

/** The part of an address that a column of a file holds, by its heading. */
export const partOfHeading = (heading: string): Part =>
  HEADINGS.find(([, words]) => words.test(heading.trim()))?.[0] ?? "street";
