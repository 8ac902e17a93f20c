import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";

export type Estate = components["schemas"]["EstateView"];

/** Each asking is recorded, so a handover under way is not asked for more often than it takes to follow it. */
const EVERY_MS = 3000;

export const readEstate = (id: string): Promise<Estate> =>
  data(api.GET("/api/v1/admin/users/{id}/handover", { params: { path: { id } } }));

export const running = (estate: Estate | undefined) => estate?.handovers.find((h) => h.ended_at === null);

/** What somebody has, in numbers. */
export function useEstate(id: string) {
  return useQuery({
    queryKey: ["handover", id],
    queryFn: () => readEstate(id),
    refetchInterval: (query) => (running(query.state.data) ? EVERY_MS : false),
  });
}

export const ownedBy = (estate: Estate) => estate.owned.reduce((sum, o) => sum + o.count, 0);
