// What is taken from the one who is signed in, on every page: what, until when, by whom, and whom to ask.

import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { formatTime } from "@/shared/format";
import { useOwnRestrictions } from "./responses";
import { StepUpButton } from "./StepUp";
import "./responses.css";

export function OwnRestrictions() {
  const { t, i18n } = useTranslation("responses");
  const own = useOwnRestrictions().data;
  if (!own || own.in_force.length === 0) return null;
  const names = own.ask.join(i18n.language === "en" ? ", " : "、");
  return (
    <div className="responses-own no-print">
      {own.in_force.map((r) => (
        <Alert
          key={r.id}
          type="warning"
          showIcon
          role="status"
          title={
            t(`mine.${r.kind}`, { count: r.per_minute ?? 0 }) +
            (r.until === null ? t("mine.endless") : t("mine.until", { until: formatTime(r.until) }))
          }
          description={
            <>
              {t(r.automatic ? "mine.automatic" : "mine.officer")} {names && t("mine.ask", { names })}
              {r.message && <div>{r.message}</div>}
            </>
          }
          {...(r.kind === "step_up" ? { action: <StepUpButton /> } : {})}
        />
      ))}
    </div>
  );
}
