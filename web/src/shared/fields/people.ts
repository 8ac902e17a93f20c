import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, data } from "@/api/client";
import type { Colleague } from "@/api/types";
import { useMe } from "@/app/session";

/** Names of active colleagues. */
export function useColleagues(): { list: Colleague[]; name: (id: string) => string | undefined } {
  const { me } = useMe();
  const query = useQuery({
    queryKey: ["colleagues"],
    queryFn: () => data(api.GET("/api/v1/colleagues")),
    staleTime: 10 * 60_000,
  });
  const list = query.data?.items;
  return useMemo(() => {
    const names = new Map((list ?? []).map((c) => [c.id, c.name]));
    names.set(me.user.id, me.user.name);
    return { list: list ?? [], name: (id) => names.get(id) };
  }, [list, me]);
}

/** A department's name. */
export function useDepartmentName(): (id: string) => string | undefined {
  const { workspace } = useMe();
  return useMemo(() => {
    const names = new Map(workspace.departments.map((d) => [d.id, d.name]));
    return (id) => names.get(id);
  }, [workspace]);
}
