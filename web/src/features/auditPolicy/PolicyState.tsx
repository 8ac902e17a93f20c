// What the policy's frequency led to: the last verification, the last look, the next one due.

import { useTranslation } from "react-i18next";
import type { AuditPolicyAnswer } from "@/api/types";
import { formatNumber, formatTime } from "@/shared/format";
import { CheckIcon, WaitIcon, WarningIcon } from "@/shared/icons";
import "./policy.css";

export function PolicyState({ have }: { have: AuditPolicyAnswer }) {
  const { t } = useTranslation("auditPolicy");
  const { verified, review } = have;
  const overdue = review.due < Date.now();
  const good = verified === null || verified.findings === 0;
  return (
    <ul className="policy-done">
      <li className={good ? "" : "policy-bad"}>
        {verified === null ? <WaitIcon /> : good ? <CheckIcon /> : <WarningIcon />}{" "}
        {verified === null
          ? t("state.never")
          : t(good ? "state.verified" : "state.findings", {
              time: formatTime(verified.at),
              entries: formatNumber(verified.entries, 0, false),
              n: verified.findings,
            })}
      </li>
      <li className={overdue ? "policy-bad" : ""}>
        {overdue ? <WarningIcon /> : <CheckIcon />}{" "}
        {review.at === null
          ? t("state.notReviewed")
          : t("state.reviewed", { time: formatTime(review.at), who: review.by ?? "—" })}
        {" · "}
        {t(overdue ? "state.overdue" : "state.due", { time: formatTime(review.due) })}
      </li>
    </ul>
  );
}
