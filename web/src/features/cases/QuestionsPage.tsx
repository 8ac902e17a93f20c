// What one is asked about one's own accesses.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Empty, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { QUESTION_STATES } from "./question";
import "./cases.css";

export function QuestionsPage() {
  const { t } = useTranslation("cases");
  const query = useQuery({ queryKey: ["questions"], queryFn: () => data(api.GET("/api/v1/me/questions")) });
  return (
    <div className="page">
      <h1>{t("question.list")}</h1>
      {query.isPending && <Skeleton active />}
      {query.isError && <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("question.empty")}>
          <span className="muted">{t("question.emptyHelp")}</span>
        </Empty>
      )}
      <ul className="case-questions">
        {query.data?.items.map((q) => (
          <li key={q.id} className="panel case-section">
            <Link to="/questions/$id" params={{ id: q.id }}>
              {q.evening === null
                ? q.text
                : t("evening.line", {
                    count: q.evening.customers,
                    from: formatTime(q.evening.from),
                    until: formatTime(q.evening.until),
                  })}
            </Link>
            <div className="muted">
              <Tag>{t(`question.state.${QUESTION_STATES.find((s) => s === q.state) ?? "withdrawn"}`)}</Tag>
              {t("question.asked", { when: formatTime(q.asked_at) })}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
