// Notices as a list: a sentence by kind, and where it leads. No title of a record stands here: it is read, and recorded, where the
// record is opened.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Empty, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { NoticeItem } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { KINDS, markRead, useNotices } from "./notices";
import "./notices.css";

type Props = { unread: boolean; onOpen?: () => void };

export function NoticeList({ unread, onOpen }: Props) {
  const { t } = useTranslation("notices");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const list = useNotices(unread);
  const open = useOpen();
  if (list.isPending) return <Skeleton active />;
  if (list.isError && list.data === undefined)
    return <ProblemAlert problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  const notices = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (notices.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(unread ? "emptyUnread" : "empty")}>
        <span className="muted">{t("emptyHelp")}</span>
      </Empty>
    );
  }
  const read = async (notice: NoticeItem) => {
    try {
      await markRead(queries, notice);
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  return (
    <>
      <ul className="notices">
        {notices.map((notice) => (
          <li key={notice.id} className={notice.read_at === null ? "notice notice-unread" : "notice"}>
            <button
              type="button"
              className="notice-open"
              onClick={() => {
                void read(notice);
                onOpen?.();
                open(notice);
              }}
            >
              {notice.read_at === null && <span className="visually-hidden">{t("unread")} </span>}
              <Sentence notice={notice} />
              <span className="muted notice-at">{formatTime(notice.at)}</span>
            </button>
            {notice.read_at === null && (
              <Button type="text" size="small" onClick={() => void read(notice)}>
                {t("read")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {list.isFetchNextPageError && (
        <ProblemAlert problem={asProblem(list.error)} onRetry={() => void list.fetchNextPage()} />
      )}
    </>
  );
}

function Sentence({ notice }: { notice: NoticeItem }) {
  const { t } = useTranslation("notices");
  const label = useLabel();
  const { workspace } = useMe();
  const kind = KINDS.find((k) => k === notice.kind);
  const of = workspace.objects.find((o) => o.name === notice.object);
  const words = {
    who: notice.by_name ?? t("house"),
    object: of ? label(of.label) : t("record"),
    when: notice.until === null ? "" : formatTime(notice.until),
    said: notice.said ? label(notice.said) : t("ruleGone"),
  };
  return <span className="notice-text">{kind ? t(`sentence.${kind}`, words) : t("other")}</span>;
}

/** Opens what a notice is about. */
function useOpen() {
  const navigate = useNavigate();
  return (notice: NoticeItem) => {
    const { object, record, about } = notice;
    const toRecord = (tab?: string) => {
      if (object === null || record === null) return false;
      void navigate({ to: "/records/$object/$id", params: { object, id: record }, search: tab ? { tab } : {} });
      return true;
    };
    switch (notice.kind) {
      case "request_waits":
        void navigate({ to: "/requests", search: {} });
        break;
      case "request_decided":
        void navigate({ to: "/requests", search: { tab: "mine" } });
        break;
      case "job_ended":
        void navigate({ to: "/jobs" });
        break;
      case "alert":
        void navigate({ to: "/alerts", search: {} });
        break;
      case "export_ready":
        void navigate({ to: "/exports", search: {} });
        break;
      case "response_waits":
      case "breaker_open":
        void navigate({ to: "/responses", search: {} });
        break;
      case "mentioned":
      case "commented":
        toRecord("timeline");
        break;
      case "case_question":
      case "evening_note":
        if (about !== null) void navigate({ to: "/questions/$id", params: { id: about } });
        break;
      case "case_assigned":
      case "case_answered":
      case "case_consent":
      case "case_overdue":
        if (about !== null) void navigate({ to: "/cases/$id", params: { id: about } });
        break;
      case "training":
        void navigate({ to: "/training", search: {} });
        break;
      case "finding_assigned":
      case "finding_overdue":
      case "finding_back":
      case "finding_consent":
      case "finding_raised":
        // What is nobody's is told of as one.
        if (about === null) void navigate({ to: "/findings", search: { overdue: true } });
        else void navigate({ to: "/findings/$id", params: { id: about } });
        break;
      case "assessment_question":
        void navigate({ to: "/assessments/mine" });
        break;
      case "posture":
        void navigate({ to: "/posture", search: {} });
        break;
      case "review_waits":
        void navigate({ to: "/reviews/mine" });
        break;
      case "review_ended":
        if (about !== null) void navigate({ to: "/reviews/$id", params: { id: about } });
        break;
      case "leaver_due":
        if (about !== null) void navigate({ to: "/leavers/$id", params: { id: about } });
        break;
      case "report_made":
        if (about !== null) void navigate({ to: "/reports/$id", params: { id: about } });
        break;
      case "programme_due":
      case "programme_skipped":
        void navigate({ to: "/programme" });
        break;
      case "emergency_access":
        toRecord("seen");
        break;
      default:
        if (!toRecord()) void navigate({ to: "/" });
    }
  };
}
