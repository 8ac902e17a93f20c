// Sums of records by groups. The server sums what the person may list and read, and nothing else; each asking is recorded.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { Condition } from "@/api/types";
import type { GroupBy, Work } from "./board";

export type Question = {
  by: GroupBy[];
  values?: { field: string; work: Work }[];
  filter?: Condition | undefined;
  /** Only records of this customer. */
  customer?: string;
};

export function useAggregate(object: string, { by, values = [], filter, customer }: Question, enabled = true) {
  return useQuery({
    // Below the lists: what changes a list changes its sums.
    queryKey: ["list", object, "aggregate", by, values, filter ?? null, customer ?? null],
    enabled,
    queryFn: () =>
      data(
        api.POST("/api/v1/records/{object}/aggregate", {
          params: { path: { object } },
          // The condition's shape is the API's; its schema is recursive and cannot be said in types here.
          body: { by, values, ...(filter ? { filter: filter as never } : {}), ...(customer ? { customer } : {}) },
        }),
      ),
  });
}
