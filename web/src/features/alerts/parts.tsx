// What list and page of alerts share: severity in colour and word, and the state.

import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { formatTime } from "@/shared/format";
import { Severity } from "@/shared/Severity";
import { FEEDBACK, SEVERITIES, STATES } from "./search";

export function SeverityTag({ severity }: { severity: string }) {
  const { t } = useTranslation("alerts");
  const known = SEVERITIES.find((s) => s === severity);
  return <Severity level={severity}>{known ? t(`severity.${known}`) : severity}</Severity>;
}

export function StateTag({
  alert,
}: {
  alert: { state: string; feedback: string | null; snoozed_until: number | null };
}) {
  const { t } = useTranslation("alerts");
  const state = STATES.find((s) => s === alert.state);
  const feedback = FEEDBACK.find((f) => f === alert.feedback);
  return (
    <>
      <Tag>{state ? t(`state.${state}`) : alert.state}</Tag>
      {feedback && <Tag>{t(`feedback.${feedback}`)}</Tag>}
      {alert.snoozed_until !== null && (
        <span className="muted">{t("until", { time: formatTime(alert.snoozed_until) })}</span>
      )}
    </>
  );
}
