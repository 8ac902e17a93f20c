// What assessors raised, as it stands among all findings.

import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { formatTime } from "@/shared/format";
import { Severity } from "@/shared/Severity";
import { type Detail, FINDING_STATES, oneOf, SEVERITIES } from "./assessments";

export function Raised({ of }: { of: Detail }) {
  const { t } = useTranslation("assessments");
  const reads = useDuty("finding.read");
  return (
    <section aria-labelledby="assess-findings">
      <h2 id="assess-findings">{t("findings")}</h2>
      {of.findings.length === 0 ? (
        <p className="muted">{t("noFindings")}</p>
      ) : (
        <ul className="panel assess-evidence">
          {of.findings.map((f) => {
            const severity = oneOf(SEVERITIES, f.severity);
            return (
              <li key={f.id}>
                <div className="grow">
                  <strong>
                    {reads ? (
                      <Link to="/findings/$id" params={{ id: f.id }}>
                        {f.title}
                      </Link>
                    ) : (
                      f.title
                    )}
                  </strong>
                  <p className="muted">
                    {[
                      f.code,
                      formatTime(f.found_at),
                      f.due_at === null ? null : t("findingDue", { when: formatTime(f.due_at) }),
                    ]
                      .filter((part) => part !== null)
                      .join(" · ")}
                  </p>
                </div>
                <span className="assess-tags">
                  <Severity level={severity}>{t(`severity.${severity}`)}</Severity>
                  <Tag>{t(`findingState.${oneOf(FINDING_STATES, f.state)}`)}</Tag>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
