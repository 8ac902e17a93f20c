// What holds for the whole company: its name, sessions, working calendar, and how long things are kept.

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { FileRulesForm } from "@/features/attachments/FileRulesForm";
import { ChannelsTab } from "@/features/channels/ChannelsTab";
import { ExportRulesForm } from "@/features/exports/RulesForm";
import type { Language } from "@/i18n";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemPage } from "@/shared/ProblemView";
import { BrandingForm } from "./BrandingForm";
import { CalendarForm } from "./CalendarForm";
import { CompanyForm } from "./CompanyForm";
import type { Calendar } from "./calendar";
import { MailForm } from "./MailForm";
import { RetentionForm } from "./RetentionForm";
import { RevealsForm } from "./RevealsForm";
import "../audit/audit.css";
import "./settings.css";

export type Settings = {
  calendar: Calendar;
  company: string;
  /** `null`: what each browser likes best. */
  language: Language | null;
  session: { idle_minutes: number; absolute_hours: number };
};

export function SettingsPage() {
  const { t } = useTranslation(["settings", "channels", "exports", "attachments"]);
  const search = useSearch({ from: "/settings" });
  const navigate = useNavigate();
  const settings = useQuery({
    queryKey: ["settings"],
    queryFn: async () => (await data(api.GET("/api/v1/admin/settings"))) as unknown as Settings,
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="muted asked-note">{t("text")}</span>
      </div>
      {settings.isPending ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : settings.isError ? (
        <ProblemPage problem={asProblem(settings.error)} onRetry={() => void settings.refetch()} />
      ) : (
        <PageTabs
          label={t("title")}
          active={search.tab ?? "company"}
          onChange={(key) => void navigate({ to: "/settings", search: { tab: key as "company" }, replace: true })}
          tabs={[
            { key: "company", label: t("tab.company"), children: <CompanyForm settings={settings.data} /> },
            { key: "branding", label: t("tab.branding"), children: <BrandingForm /> },
            { key: "calendar", label: t("tab.calendar"), children: <CalendarForm calendar={settings.data.calendar} /> },
            { key: "mail", label: t("tab.mail"), children: <MailForm /> },
            { key: "channels", label: t("channels:tab"), children: <ChannelsTab /> },
            { key: "retention", label: t("tab.retention"), children: <RetentionForm /> },
            { key: "reveals", label: t("tab.reveals"), children: <RevealsForm /> },
            { key: "exports", label: t("exports:rules.tab"), children: <ExportRulesForm /> },
            { key: "files", label: t("attachments:rules.tab"), children: <FileRulesForm /> },
          ]}
        />
      )}
    </div>
  );
}
