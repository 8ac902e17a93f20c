// One's own notices: pages of them, that they were read, and which kinds are wanted.

import { type QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import type { NoticeItem } from "@/api/types";
import { refreshWaiting } from "./waiting";

const NOTICES = ["notices"];

export const KINDS = [
  "mentioned",
  "commented",
  "assigned",
  "handed_over",
  "request_waits",
  "request_decided",
  "due_today",
  "returning",
  "returned",
  "export_ready",
  "job_ended",
  "rule",
  "emergency_access",
  "alert",
  "case_question",
  "evening_note",
  "case_assigned",
  "case_answered",
  "case_consent",
  "case_overdue",
  "training",
  "finding_assigned",
  "finding_overdue",
  "finding_back",
  "finding_consent",
  "finding_raised",
  "assessment_question",
  "posture",
  "review_waits",
  "review_ended",
  "leaver_due",
  "report_made",
  "programme_due",
  "programme_skipped",
  "restricted",
  "response_waits",
  "breaker_open",
] as const;

/** Those not read first. Asked anew each time they are opened. */
export function useNotices(unread: boolean) {
  return useInfiniteQuery({
    queryKey: [...NOTICES, "list", unread],
    staleTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/api/v1/notices", {
          params: { query: { ...(unread ? { unread } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export const useNoticeSettings = () =>
  useQuery({ queryKey: [...NOTICES, "settings"], queryFn: () => data(api.GET("/api/v1/me/notices")) });

export async function refreshNotices(queries: QueryClient): Promise<void> {
  await Promise.all([queries.invalidateQueries({ queryKey: NOTICES }), refreshWaiting(queries)]);
}

export async function markRead(queries: QueryClient, notice: NoticeItem): Promise<void> {
  if (notice.read_at !== null) return;
  await api.POST("/api/v1/notices/{id}/read", { params: { path: { id: notice.id } } });
  await refreshNotices(queries);
}

export async function markAllRead(queries: QueryClient): Promise<void> {
  await api.POST("/api/v1/notices/read");
  await refreshNotices(queries);
}

export async function setMuted(queries: QueryClient, off: string[]): Promise<void> {
  await api.PUT("/api/v1/me/notices", { body: { off } });
  await refreshNotices(queries);
}
