// Business reasons 业务理由: how much of what was looked at had one, by month and department; and which of them count.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { Grid } from "antd";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { PeriodPicker } from "../audit/PeriodPicker";
import { ReasonsForm } from "./ReasonsForm";
import { Shares } from "./Shares";
import "../audit/audit.css";
import "./access.css";

export function ReasonsPage() {
  const { t } = useTranslation("access");
  const search = useSearch({ from: "/audit/reasons" });
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const mayChange = useDuty("policy.manage");
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("reasons.title")}</h1>
        <span className="muted asked-note">{t("reasons.text")}</span>
      </div>
      <div className="feed-filters">
        <PeriodPicker
          narrow={narrow}
          value={search}
          onChange={(period) => void navigate({ to: "/audit/reasons", search: period, replace: true })}
        />
      </div>
      <Shares period={search} />
      {mayChange && <ReasonsForm />}
    </div>
  );
}
