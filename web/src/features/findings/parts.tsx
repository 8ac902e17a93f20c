// Small parts: severity, state, due date.

import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { formatTime } from "@/shared/format";
import { Severity } from "@/shared/Severity";
import type { FindingItem } from "./findings";
import { SEVERITIES, STATES, type State } from "./search";

export function SeverityTag({ severity }: { severity: string }) {
  const { t } = useTranslation("findings");
  const known = SEVERITIES.find((s) => s === severity) ?? "medium";
  return <Severity level={known}>{t(`severity.${known}`)}</Severity>;
}

const COLOUR: Partial<Record<State, string>> = { fixed: "processing", verified: "success" };

export function StateTag({ state }: { state: string }) {
  const { t } = useTranslation("findings");
  const known = STATES.find((s) => s === state) ?? "open";
  const color = COLOUR[known];
  return <Tag {...(color ? { color } : {})}>{t(`state.${known}`)}</Tag>;
}

/** What waits, and what is late. */
export function Flags({ of }: { of: FindingItem }) {
  const { t } = useTranslation("findings");
  return (
    <>
      {of.waits && <Tag color="processing">{t("waits")}</Tag>}
      {of.overdue && <Tag color="error">{t("overdue")}</Tag>}
    </>
  );
}

export function Due({ of }: { of: FindingItem }) {
  const { t } = useTranslation("findings");
  if (of.until !== null) return <span className="muted">{t("acceptedUntil", { at: formatTime(of.until) })}</span>;
  if (of.due_at === null) return <span className="muted">—</span>;
  return <span className={of.overdue ? "finding-late" : undefined}>{formatTime(of.due_at)}</span>;
}
