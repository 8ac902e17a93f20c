// Sources of other systems' logs, as the API has them and as a form has them.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { FeedItem, FeedSource } from "@/api/types";

export const FEEDS = ["admin", "feeds"];
export const FORMATS = ["csv", "salesforce", "microsoft365", "pgaudit", "ocsf"] as const;
export const COLUMNS = ["object", "record", "customer", "fields", "rows", "address", "id", "delimiter"] as const;
/** While a file is being read. */
const LOOK_MS = 3_000;
/** A file that has not moved for so long was broken off. */
const STILL_MS = 60_000;

const moves = (items: FeedItem[]) =>
  items.some((s) => s.loads.some((l) => l.state === "running" && l.moved_at > Date.now() - STILL_MS));

export const useFeeds = () =>
  useQuery({
    queryKey: FEEDS,
    queryFn: ({ signal }) => data(api.GET("/api/v1/admin/feeds", { signal })),
    refetchInterval: (query) => (query.state.data && moves(query.state.data.items) ? LOOK_MS : false),
  });

/** `a = b`, one a line, as pairs; the number of the first line that is none. */
export function readPairs(text: string): Map<string, string> | number {
  const pairs = new Map<string, string>();
  for (const [n, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const at = line.lastIndexOf("=");
    const [key, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (at < 1 || key === "" || value === "") return n + 1;
    pairs.set(key, value);
  }
  return pairs;
}

export const writePairs = (pairs: Record<string, string | null>): string =>
  Object.entries(pairs)
    .map(([key, value]) => `${key} = ${value ?? "-"}`)
    .join("\n");

export type Fields = {
  name: string;
  zh: string;
  en: string;
  format: FeedSource["format"];
  encoding: FeedSource["encoding"];
  zone: string;
  time?: string;
  user?: string;
  action?: string[];
  actions?: string;
  people: "named" | "login" | "mail";
  domain?: string;
  logins?: string;
  automatic?: string[];
} & { [name in (typeof COLUMNS)[number]]?: string };

export function fieldsOf(source: FeedSource | undefined): Fields {
  if (!source)
    return { name: "", zh: "", en: "", format: "csv", encoding: "utf8", zone: "Asia/Shanghai", people: "named" };
  const { csv } = source;
  const columns: Partial<Record<(typeof COLUMNS)[number], string>> = {};
  for (const name of COLUMNS) {
    const value = csv?.[name];
    if (value) columns[name] = value;
  }
  return {
    ...columns,
    name: source.name,
    zh: source.label.zh,
    en: source.label.en,
    format: source.format,
    encoding: source.encoding,
    zone: source.zone,
    ...(csv ? { time: csv.time, user: csv.user, action: csv.action } : {}),
    actions: writePairs(source.actions ?? {}),
    people: source.mail_domain ? "mail" : source.same_logins ? "login" : "named",
    ...(source.mail_domain ? { domain: source.mail_domain } : {}),
    logins: writePairs(source.logins ?? {}),
    automatic: source.automatic ?? [],
  };
}

const pairsOf = (text: string | undefined): Map<string, string> => {
  const pairs = readPairs(text ?? "");
  return typeof pairs === "number" ? new Map() : pairs;
};

export function sourceOf(f: Fields): FeedSource {
  const columns = Object.fromEntries(COLUMNS.flatMap((name) => (f[name] ? [[name, f[name]]] : [])));
  const actions = [...pairsOf(f.actions)].map(([said, action]) => [said, action === "-" ? null : action]);
  return {
    name: f.name,
    label: { zh: f.zh, en: f.en },
    format: f.format,
    encoding: f.encoding,
    zone: f.zone,
    csv: f.format === "csv" ? { ...columns, time: f.time ?? "", user: f.user ?? "", action: f.action ?? [] } : null,
    actions: Object.fromEntries(actions),
    automatic: f.automatic ?? [],
    same_logins: f.people === "login",
    mail_domain: f.people === "mail" ? (f.domain ?? null) : null,
    logins: Object.fromEntries(pairsOf(f.logins)),
  };
}

/** The first bytes of a file, in base64, and whether there are more. */
export async function beginningOf(file: File): Promise<{ data: string; cut: boolean }> {
  const most = 4 << 20;
  const bytes = new Uint8Array(await file.slice(0, most).arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { data: btoa(text), cut: file.size > most };
}
