// Rules of automation: what they are, what they did, whom they tell.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { PageTabs } from "@/shared/PageTabs";
import { HooksTab } from "./HooksTab";
import { RulesTab } from "./RulesTab";
import { RunsTab } from "./RunsTab";
import type { AutomationTab } from "./routes";
import "./automations.css";

export function AutomationsPage() {
  const { t } = useTranslation("automations");
  const search = useSearch({ from: "/settings/automations" });
  const navigate = useNavigate();
  const maySet = useDuty("setting.manage");
  const active: AutomationTab = search.tab ?? "rules";
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      <p className="muted automations-note">{t("text")}</p>
      <PageTabs
        label={t("title")}
        active={active}
        onChange={(tab) =>
          void navigate({
            to: "/settings/automations",
            search: tab === "rules" ? {} : { tab: tab as AutomationTab },
            replace: true,
          })
        }
        tabs={[
          { key: "rules", label: t("tabs.rules"), children: <RulesTab /> },
          { key: "runs", label: t("tabs.runs"), children: <RunsTab /> },
          ...(maySet ? [{ key: "hooks", label: t("tabs.hooks"), children: <HooksTab /> }] : []),
        ]}
      />
    </div>
  );
}
