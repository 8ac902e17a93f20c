// The files of a record and what may be done about them: asked for once for its page, whatever shows them.

import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";

export function useAttachments(object: string, id: string) {
  const path = `/api/v1/records/${object}/${id}/attachments`;
  const queryKey = ["attachments", object, id];
  const query = useQuery({
    queryKey,
    queryFn: () => data(api.GET("/api/v1/records/{object}/{id}/attachments", { params: { path: { object, id } } })),
  });
  return { query, path, queryKey };
}
