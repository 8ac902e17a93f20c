// What a case cites: when, what and with which outcome, and not by whom.

import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import type { CaseDetail } from "./cases";

export function Evidence({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  const term = useTerms();
  const words = useObjectWords();
  const reads = useDuty("audit.read");
  return (
    <section className="panel case-section" aria-labelledby="evidence">
      <h2 id="evidence">{t("section.evidence")}</h2>
      {of.evidence.length === 0 ? (
        <p className="muted">{t("evidence.none")}</p>
      ) : (
        <>
          <p className="muted">{t("evidence.held")}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key */}
          <div className="case-scroll" tabIndex={0} role="region" aria-labelledby="evidence">
            <table className="case-table">
              <thead>
                <tr>
                  <th>{t("evidence.at")}</th>
                  <th>{t("evidence.action")}</th>
                  <th>{t("evidence.object")}</th>
                  <th>{t("evidence.decision")}</th>
                  <th className="num">{t("evidence.touches")}</th>
                  <th className="num">{t("evidence.index")}</th>
                </tr>
              </thead>
              <tbody>
                {of.evidence.map((e) => (
                  <tr key={e.event}>
                    <td className="num">
                      {reads ? (
                        <Link to="/audit/log/$id" params={{ id: e.event }}>
                          {formatTime(e.at)}
                        </Link>
                      ) : (
                        formatTime(e.at)
                      )}
                    </td>
                    <td>{term("action", e.action)}</td>
                    <td>{e.object ? words.object(e.object) : "—"}</td>
                    <td>{term("decision", e.decision)}</td>
                    <td className="num">{e.touches}</td>
                    <td className="num">{e.index}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
