// Questions that were given to the reader, and their answers.

import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { AnswerDialog } from "./AnswerDialog";
import { ASSESSMENTS, asked, type Own, oneOf, QUESTION_COLOUR, QUESTION_STATES } from "./assessments";
import "./assessments.css";

export function OwnPage() {
  const { t } = useTranslation("assessments");
  const query = useQuery({
    queryKey: [...ASSESSMENTS, "own"],
    queryFn: () => data(api.GET("/api/v1/assessments/own")),
  });
  return (
    <div className="page">
      <h1>{t("mine.title")}</h1>
      <p className="muted assess-text">{t("mine.text")}</p>
      {query.isPending ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : query.isError ? (
        <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("mine.none")} />
      ) : (
        <ul className="assess-list">
          {query.data.items.map((own) => (
            <OwnQuestion key={own.question.id} own={own} />
          ))}
        </ul>
      )}
    </div>
  );
}

function OwnQuestion({ own }: { own: Own }) {
  const { t, i18n } = useTranslation("assessments");
  const [answering, setAnswering] = useState(false);
  const { question: q } = own;
  const state = oneOf(QUESTION_STATES, q.state);
  return (
    <li className="panel assess-card" aria-label={q.code}>
      <div className="assess-bar">
        <p className="assess-asked">
          <strong>{q.code}</strong> <span className="assess-words">{asked(q, i18n.language)}</span>
        </p>
        <Tag color={QUESTION_COLOUR[state]}>{t(`questionState.${state}`)}</Tag>
      </div>
      <p className="muted">
        {own.name} · {own.organisation} · {t("due", { when: formatTime(own.due_at) })}
      </p>
      {q.answer !== null && <p className="assess-words">{q.answer.text}</p>}
      {q.returned !== null && <p className="assess-returned">{t("returned", { reason: q.returned.reason })}</p>}
      <div>
        <Button type={q.answer === null ? "primary" : "default"} onClick={() => setAnswering(true)}>
          {t(q.answer === null ? "act.answer" : "act.rewrite")}
        </Button>
      </div>
      {answering && (
        <AnswerDialog
          id={own.assessment}
          q={q}
          known={own.evidence}
          suggested={false}
          onClose={() => setAnswering(false)}
        />
      )}
    </li>
  );
}
