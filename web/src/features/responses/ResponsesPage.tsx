// What is taken from people for a time: in force, past, by itself; and the decoys that bring it on.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { PageTabs } from "@/shared/PageTabs";
import { CanariesTab } from "./CanariesTab";
import { EveningForm } from "./EveningForm";
import { ResponseList } from "./ResponseList";
import { ResponseRules } from "./ResponseRules";
import type { ResponseTab } from "./routes";
import "./responses.css";

export function ResponsesPage() {
  const { t } = useTranslation("responses");
  const search = useSearch({ from: "/responses" });
  const navigate = useNavigate();
  const takes = useDuty("response.take");
  const plants = useDuty("canary.manage");
  const asks = useDuty("detection.manage");
  const own: ResponseTab[] = [
    ...(takes ? (["now", "past", "rules"] as const) : []),
    ...(asks ? (["evening"] as const) : []),
    ...(plants ? (["canaries"] as const) : []),
  ];
  const active: ResponseTab = own.find((tab) => tab === search.tab) ?? own[0] ?? "now";
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      <p className="muted responses-note">{t("text")}</p>
      <PageTabs
        label={t("title")}
        active={active}
        onChange={(tab) =>
          void navigate({ to: "/responses", search: tab === "now" ? {} : { tab: tab as ResponseTab }, replace: true })
        }
        tabs={[
          ...(takes
            ? [
                { key: "now", label: t("tabs.now"), children: <ResponseList past={false} /> },
                { key: "past", label: t("tabs.past"), children: <ResponseList past /> },
                { key: "rules", label: t("tabs.rules"), children: <ResponseRules /> },
              ]
            : []),
          ...(asks ? [{ key: "evening", label: t("tabs.evening"), children: <EveningForm /> }] : []),
          ...(plants ? [{ key: "canaries", label: t("tabs.canaries"), children: <CanariesTab /> }] : []),
        ]}
      />
    </div>
  );
}
