// Which records were opened lately, and the order of the list they were opened from. Ids only: names are asked for when shown.

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

let order: { object: string; ids: string[] } = { object: "", ids: [] };

/** The list that is shown, for "next" and "previous" on a record's page. */
export function rememberOrder(object: string, ids: string[]): void {
  if (ids.length > 0) order = { object, ids };
}

export function neighbours(object: string, id: string): { previous?: string; next?: string } {
  const at = order.object === object ? order.ids.indexOf(id) : -1;
  if (at < 0) return {};
  const [previous, next] = [order.ids[at - 1], order.ids[at + 1]];
  return { ...(previous ? { previous } : {}), ...(next ? { next } : {}) };
}
