// Small parts: state, severity, due date.

import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { formatTime } from "@/shared/format";
import { Severity } from "@/shared/Severity";
import type { CaseItem } from "./cases";
import { SEVERITIES, STATES } from "./search";

export function SeverityTag({ severity }: { severity: string }) {
  const { t } = useTranslation("cases");
  const known = SEVERITIES.find((s) => s === severity) ?? "low";
  return <Severity level={known}>{t(`severity.${known}`)}</Severity>;
}

export function StateTag({ state }: { state: string }) {
  const { t } = useTranslation("cases");
  const known = STATES.find((s) => s === state) ?? "new";
  return <Tag {...(known === "closed" ? { color: "success" } : {})}>{t(`state.${known}`)}</Tag>;
}

/** What waits, and what is late. */
export function Flags({ of }: { of: CaseItem }) {
  const { t } = useTranslation("cases");
  return (
    <>
      {of.waits_for_consent && <Tag color="processing">{t("consentWaits")}</Tag>}
      {of.overdue && <Tag color="error">{t("overdue")}</Tag>}
    </>
  );
}

export function Due({ of }: { of: CaseItem }) {
  return <span className={of.overdue ? "case-late" : undefined}>{formatTime(of.due_at)}</span>;
}
