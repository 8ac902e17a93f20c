// Provinces, cities and districts of China for choosing. They are a file of their own, asked for with the first address that is edited.

export type Region = { value: string; label: string; children?: Region[] };
type Table = Record<string, Record<string, string>>;

const CHINA = "86";
/** Not a city of its own: what lies directly under a municipality or a province. */
const DIRECT = /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
/** Their second level are districts. */
const SPECIAL = new Set(["810000", "820000"]);

/** The table as a tree of names. */
export function tree(table: Table): Region[] {
  const below = (code: string): Region[] => {
    const all = Object.entries(table[code] ?? {}).map(([at, name]): Region => {
      const children = below(at);
      return { value: name, label: name, ...(children.length > 0 ? { children } : {}) };
    });
    // Statistics count the districts of a city as one; nobody lives there.
    return all.length > 1 ? all.filter((r) => r.children !== undefined || !DIRECT.test(r.value)) : all;
  };
  return Object.entries(table[CHINA] ?? {}).map(([code, name]) => {
    const children = SPECIAL.has(code) ? [{ value: name, label: name, children: below(code) }] : below(code);
    return { value: name, label: name, children };
  });
}

/** What was chosen, as parts of an address. */
export function chosen(path: readonly string[]): { province?: string; city?: string; district?: string } {
  const [province, city, district] = path;
  if (province === undefined) return {};
  // A municipality is a province and a city at once.
  const own = city !== undefined && DIRECT.test(city) ? (province.endsWith("市") ? province : undefined) : city;
  return { province, ...(own === undefined ? {} : { city: own }), ...(district === undefined ? {} : { district }) };
}

/** Where an address stands in the tree; as many levels as are known. */
export function pathOf(
  regions: readonly Region[],
  of: { province?: string; city?: string; district?: string },
): string[] {
  const province = regions.find((r) => r.value === of.province);
  if (province === undefined) return [of.province, of.city, of.district].filter((p) => p !== undefined);
  const holds = (r: Region) => r.children?.some((d) => d.value === of.district) ?? false;
  const cities = province.children ?? [];
  const direct = cities.filter((c) => DIRECT.test(c.value));
  const city =
    of.city === undefined || of.city === of.province
      ? (direct.find(holds) ?? (of.city === undefined && of.district === undefined ? undefined : direct[0]))
      : undefined;
  const path = [province.value, city?.value ?? of.city, of.district];
  const end = path.indexOf(undefined);
  return (end < 0 ? path : path.slice(0, end)) as string[];
}

let loaded: Promise<Region[]> | undefined;

/** Asked for once. */
export function loadRegions(): Promise<Region[]> {
  loaded ??= import("china-area-data/data.json").then((m) => tree(m.default as Table));
  loaded.catch(() => {
    // The next that asks tries again.
    loaded = undefined;
  });
  return loaded;
}
