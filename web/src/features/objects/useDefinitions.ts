import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { useSession } from "@/app/session";
import type { Versioned } from "./definition";

/** Object types with their versions. */
export function useDefinitions() {
  return useQuery({
    queryKey: ["objects", "versions"],
    queryFn: async () => (await data(api.GET("/api/v1/admin/objects"))).items as unknown as Versioned[],
  });
}

/** What there is has changed: lists of it are asked for anew, and what is open to oneself too. */
export function useChanged(): () => Promise<void> {
  const queries = useQueryClient();
  const { reload } = useSession();
  return async () => {
    await queries.invalidateQueries({ queryKey: ["objects"] });
    await queries.invalidateQueries({ queryKey: ["policy", "layout"] });
    await reload();
  };
}
