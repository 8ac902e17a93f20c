// Which records were opened lately, and the order of the list they were opened from. Ids only: names are asked for when shown.

import { useEffect } from "react";
import { useMe } from "@/app/session";

const RECENT = "whosaw.recent";
const MOST = 12;

export type Recent = { user: string; object: string; id: string; at: number };

export function recent(user: string): Recent[] {
  try {
    const all = JSON.parse(localStorage.getItem(RECENT) ?? "[]") as Recent[];
    return Array.isArray(all) ? all.filter((r) => r.user === user) : [];
  } catch {
    return [];
  }
}

export function rememberOpened(user: string, object: string, id: string): void {
  const others = recent(user).filter((r) => r.id !== id);
  localStorage.setItem(RECENT, JSON.stringify([{ user, object, id, at: Date.now() }, ...others].slice(0, MOST)));
}

export function forgetOpened(user: string, id: string): void {
  localStorage.setItem(RECENT, JSON.stringify(recent(user).filter((r) => r.id !== id)));
}

const ORDER = "whosaw.order";
/** Enough to go through by hand. */
const MOST_ORDER = 2000;

type Order = { user: string; object: string; ids: string[] };

/** The list shown last in this tab, before it is written down. */
let shown: { user: string; object: string; rows: readonly { id: string }[] } | undefined;

function order(): Order | undefined {
  writeOrder();
  try {
    const kept = JSON.parse(sessionStorage.getItem(ORDER) ?? "null") as Order | null;
    return kept && Array.isArray(kept.ids) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Writes down the order once it is asked for or the page is left, not at each page of a list that is scrolled through. */
function writeOrder(): void {
  if (shown === undefined) return;
  const { user, object, rows } = shown;
  const ids = rows.slice(0, MOST_ORDER).map((r) => r.id);
  shown = undefined;
  if (ids.length > 0) sessionStorage.setItem(ORDER, JSON.stringify({ user, object, ids }));
}
window.addEventListener("pagehide", writeOrder);

/** The list that is shown, for "next" and "previous" on a record's page. It lasts as long as the browser's tab. */
export function rememberOrder(user: string, object: string, rows: readonly { id: string }[]): void {
  shown = { user, object, rows };
}

export type Neighbours = { previous?: string; next?: string; place?: { at: number; of: number } };

export function neighbours(user: string, object: string, id: string): Neighbours {
  const kept = order();
  const at = kept?.user === user && kept.object === object ? kept.ids.indexOf(id) : -1;
  if (kept === undefined || at < 0) return {};
  const [previous, next] = [kept.ids[at - 1], kept.ids[at + 1]];
  return {
    ...(previous ? { previous } : {}),
    ...(next ? { next } : {}),
    place: { at: at + 1, of: kept.ids.length },
  };
}

/** Remembers the rows shown, in their order. */
export function useOrder(object: string, rows: readonly { id: string }[]): void {
  const { me } = useMe();
  const user = me.user.id;
  useEffect(() => rememberOrder(user, object, rows), [user, object, rows]);
}
