// One's own courses, and for officers how far everybody is and what is required.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { PageTabs } from "@/shared/PageTabs";
import { CoursesTab } from "./CoursesTab";
import { OwnCourses } from "./OwnCourses";
import { ProgressTab } from "./ProgressTab";
import { RulesTab } from "./RulesTab";
import type { TrainingTab } from "./routes";
import "./training.css";

export function TrainingPage() {
  const { t } = useTranslation("training");
  const search = useSearch({ from: "/training" });
  const navigate = useNavigate();
  const reads = useDuty("training.read");
  const manages = useDuty("training.manage");
  const tabs: { key: TrainingTab; label: string; children: React.ReactNode }[] = [
    { key: "mine", label: t("tabs.mine"), children: <OwnCourses /> },
    ...(reads ? [{ key: "progress" as const, label: t("tabs.progress"), children: <ProgressTab /> }] : []),
    ...(reads ? [{ key: "courses" as const, label: t("tabs.courses"), children: <CoursesTab /> }] : []),
    ...(manages ? [{ key: "rules" as const, label: t("tabs.rules"), children: <RulesTab /> }] : []),
  ];
  const active = tabs.find((tab) => tab.key === search.tab)?.key ?? "mine";
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      {tabs.length === 1 ? (
        <OwnCourses />
      ) : (
        <PageTabs
          label={t("title")}
          active={active}
          onChange={(tab) =>
            void navigate({ to: "/training", search: tab === "mine" ? {} : { tab: tab as TrainingTab }, replace: true })
          }
          tabs={tabs}
        />
      )}
    </div>
  );
}
