// What the engine said of an event, as lines: of each selection every field, with what was wanted and what there is.

export type Line = {
  key: string;
  selection: string;
  matched: boolean;
  /** It stands under a `not`: it must not match. */
  negated: boolean;
  field: string;
  matcher: string;
  pattern: string;
  actual: string;
};

type Node = {
  name?: string;
  type?: string;
  matched?: boolean;
  conditions?: Node[];
  children?: Node[];
  child?: Node;
  branches?: Node[];
  detection?: Node;
  item?: Node;
  items?: Node[];
  field?: string;
  matcher?: string;
  pattern?: string;
  actual?: unknown;
};

const MATCHERS: Record<string, string> = {
  exact: "=",
  contains: "contains",
  starts_with: "startswith",
  ends_with: "endswith",
};

const shown = (value: unknown): string => {
  if (value === undefined || value === null) return "–";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

/** Lines of one detection's trace. */
export function linesOf(detection: unknown): Line[] {
  const lines: Line[] = [];
  const walk = (node: Node, selection: string, negated: boolean) => {
    const name = node.name ?? selection;
    const item = (one: Node) =>
      lines.push({
        key: String(lines.length),
        selection: name,
        matched: one.matched === true,
        negated,
        field: one.field ?? "",
        matcher: MATCHERS[one.matcher ?? ""] ?? one.matcher ?? "",
        pattern: one.pattern ?? "",
        actual: shown(one.actual),
      });
    for (const one of node.items ?? []) item(one);
    if (node.item) item(node.item);
    if (node.detection) walk(node.detection, name, negated);
    if (node.child) walk(node.child, name, node.type === "not" ? !negated : negated);
    for (const next of [...(node.conditions ?? []), ...(node.children ?? []), ...(node.branches ?? [])]) {
      walk(next, name, negated);
    }
  };
  walk(detection as Node, "", false);
  return lines;
}
