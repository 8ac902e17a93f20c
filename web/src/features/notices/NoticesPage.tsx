// All notices, those not read, and which kinds are wanted.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Skeleton, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { GuideLink } from "@/shared/GuideLink";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemPage } from "@/shared/ProblemView";
import { MailSettings } from "./MailSettings";
import { NoticeList } from "./NoticeList";
import { KINDS, markAllRead, setMuted, useNoticeSettings } from "./notices";
import { useWaiting } from "./waiting";

export function NoticesPage() {
  const { t } = useTranslation("notices");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const search = useSearch({ from: "/notices" });
  const navigate = useNavigate();
  const { unread } = useWaiting();
  const readAll = async () => {
    try {
      await markAllRead(queries);
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <div className="grow" />
        {unread > 0 && search.tab !== "settings" && search.tab !== "mail" && (
          <Button onClick={() => void readAll()}>{t("readAll")}</Button>
        )}
      </div>
      <PageTabs
        label={t("title")}
        active={search.tab ?? "all"}
        onChange={(tab) => void navigate({ to: "/notices", search: tab === "all" ? {} : { tab }, replace: true })}
        tabs={[
          { key: "all", label: t("tabs.all"), children: <NoticeList unread={false} /> },
          { key: "unread", label: t("tabs.unread"), children: <NoticeList unread /> },
          { key: "settings", label: t("tabs.settings"), children: <Settings /> },
          { key: "mail", label: t("tabs.mail"), children: <MailSettings /> },
        ]}
      />
    </div>
  );
}

/** What is always told. */
const ALWAYS: readonly string[] = ["case_question", "evening_note", "training", "review_waits"];

function Settings() {
  const { t } = useTranslation("notices");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const settings = useNoticeSettings();
  if (settings.isPending) return <Skeleton active />;
  if (settings.isError)
    return <ProblemPage problem={asProblem(settings.error)} onRetry={() => void settings.refetch()} />;
  const { off } = settings.data;
  const set = async (kind: string, on: boolean) => {
    try {
      await setMuted(queries, on ? off.filter((k) => k !== kind) : [...off, kind]);
      void message.success(t("saved"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  return (
    <>
      <p className="muted">{t("settingsText")}</p>
      <GuideLink page="rep" />
      <ul className="notice-kinds">
        {KINDS.filter((kind) => !ALWAYS.includes(kind)).map((kind) => (
          <li key={kind}>
            <Switch
              id={`kind-${kind}`}
              checked={!off.includes(kind)}
              onChange={(on) => void set(kind, on)}
              aria-label={t(`kind.${kind}`)}
            />
            <span>{t(`kind.${kind}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
