// How the approval of a record stands, from what the record's page knows already; the server is asked once there is more to tell.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { Condition, ObjectForm, RecordView } from "@/api/types";
import { holds } from "@/shared/layout";

export type Standing = "draft" | "waiting" | "approved" | "refused";
const STANDINGS: readonly Standing[] = ["draft", "waiting", "approved", "refused"];

/** Where the record says that it stands; one that says nothing was never submitted. */
export function standing(object: ObjectForm, record: RecordView): Standing {
  const { approval } = object.process;
  const value = approval && record.fields[approval.status];
  return STANDINGS.find((s) => s === value) ?? "draft";
}

/** Whether it needs an approval, as far as can be seen; `undefined` where the server alone knows. */
export function isNeeded(object: ObjectForm, record: RecordView): boolean | undefined {
  const { approval } = object.process;
  if (approval === undefined) return false;
  const needed = approval.needed as unknown as Condition | undefined;
  return needed && holds(needed, record.fields);
}

/** Whether a change of the field is a change of what is approved. */
export function guards(object: ObjectForm, name: string): boolean {
  const { approval } = object.process;
  if (approval === undefined || name === approval.status) return false;
  const named = approval.guards ?? [];
  return named.length > 0 ? named.includes(name) : name !== approval.before?.field;
}

/** All that was decided about a record; each asking is recorded, so it is asked for where there is something. */
export function useApproval(object: string, id: string, enabled: boolean) {
  return useQuery({
    queryKey: ["requests", "approval", object, id],
    enabled,
    queryFn: () => data(api.GET("/api/v1/records/{object}/{id}/approvals", { params: { path: { object, id } } })),
  });
}
