import { useMemo } from "react";
import { useMe } from "@/app/session";

export type TreeNode = { key: string; value: string; title: string; children: TreeNode[] };

/** Departments as a tree. */
export function useTree(): TreeNode[] {
  const { workspace } = useMe();
  return useMemo(() => {
    const under = (parent: string | null): TreeNode[] =>
      workspace.departments
        .filter((d) => (d.parent ?? null) === parent)
        .map((d) => ({ key: d.id, value: d.id, title: d.name, children: under(d.id) }));
    return under(null);
  }, [workspace]);
}
