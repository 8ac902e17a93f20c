export type PeopleSearch = { department?: string; status?: "active" | "disabled"; q?: string; user?: string };
export type RolesSearch = { tab?: "matrix" | "rules" | "versions" | "layout"; object?: string; role?: string };

const text = (value: unknown): value is string => typeof value === "string" && value !== "" && value.length <= 80;

export function readPeopleSearch(raw: Record<string, unknown>): PeopleSearch {
  return {
    ...(text(raw.department) ? { department: raw.department } : {}),
    ...(raw.status === "active" || raw.status === "disabled" ? { status: raw.status } : {}),
    ...(text(raw.q) || typeof raw.q === "number" ? { q: String(raw.q) } : {}),
    ...(text(raw.user) ? { user: raw.user } : {}),
  };
}

export function readRolesSearch(raw: Record<string, unknown>): RolesSearch {
  return {
    ...(raw.tab === "rules" || raw.tab === "versions" || raw.tab === "matrix" || raw.tab === "layout"
      ? { tab: raw.tab }
      : {}),
    ...(text(raw.object) ? { object: raw.object } : {}),
    ...(text(raw.role) ? { role: raw.role } : {}),
  };
}

/** A department and all below it. */
export function subtree(departments: readonly { id: string; parent: string | null }[], root: string): Set<string> {
  const found = new Set([root]);
  let before = 0;
  while (before !== found.size) {
    before = found.size;
    for (const d of departments) if (d.parent !== null && found.has(d.parent)) found.add(d.id);
  }
  return found;
}
