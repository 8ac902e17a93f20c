// What the log itself says of a case.

import { useQuery } from "@tanstack/react-query";
import { Drawer, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useTerms } from "@/i18n/terms";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { useSubject } from "./cases";

export function CaseHistory({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const term = useTerms();
  const subject = useSubject();
  // Each look is recorded, and is the next line.
  const query = useQuery({
    queryKey: ["cases", "history", id],
    queryFn: () => data(api.GET("/api/v1/cases/{id}/history", { params: { path: { id } } })),
  });
  return (
    <Drawer open title={t("history.title")} size="large" onClose={onClose}>
      <p className="muted">{t("history.text")}</p>
      {query.isPending && <Skeleton active />}
      {query.isError && <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {query.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key
        <div className="case-scroll" tabIndex={0} role="region" aria-label={t("history.title")}>
          <table className="case-table">
            <thead>
              <tr>
                <th>{t("evidence.at")}</th>
                <th>{t("history.by")}</th>
                <th>{t("history.act")}</th>
                <th>{t("evidence.decision")}</th>
                <th className="num">{t("history.version")}</th>
                <th>{t("history.digest")}</th>
              </tr>
            </thead>
            <tbody>
              {query.data.items.map((line) => (
                <tr key={line.event}>
                  <td className="num">{formatTime(line.at)}</td>
                  <td>{subject(line.by)}</td>
                  <td>{line.act}</td>
                  <td>{term("decision", line.decision)}</td>
                  <td className="num">{line.version ?? "—"}</td>
                  <td>{line.sha256 ? <code title={line.sha256}>{line.sha256.slice(0, 10)}</code> : "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Drawer>
  );
}
