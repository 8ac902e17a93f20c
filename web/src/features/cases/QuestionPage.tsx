// One question about one's own accesses: what was asked, which accesses it names, and the answer. Nothing else stands here.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { components } from "@/api/schema";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { EveningNote } from "./EveningNote";
import "./cases.css";

type Question = components["schemas"]["QuestionDetail"];

export function QuestionPage() {
  const { id } = useParams({ from: "/questions/$id" });
  const query = useQuery({
    queryKey: ["questions", id],
    queryFn: () => data(api.GET("/api/v1/me/questions/{id}", { params: { path: { id } } })),
  });
  if (query.isPending) return <Skeleton active className="page" />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <Asked question={query.data} />;
}

function Asked({ question }: { question: Question }) {
  const { t } = useTranslation("cases");
  if (question.evening !== null) return <EveningNote question={question} evening={question.evening} />;
  return (
    <div className="page case-question">
      <Link to="/questions" className="muted">
        {t("question.list")}
      </Link>
      <h1>{t("question.title")}</h1>
      <section className="panel case-section">
        <p className="case-text">{question.text}</p>
        <p className="muted">{t("question.asked", { when: formatTime(question.asked_at) })}</p>
      </section>
      {question.opened.length > 0 && <Opened question={question} />}
      {question.state === "waiting" && <Answer id={question.id} />}
      {question.state === "withdrawn" && <Alert type="info" showIcon title={t("question.withdrawn")} />}
      {question.answer !== null && (
        <section className="panel case-section" aria-labelledby="answer">
          <h2 id="answer">{t("question.answer")}</h2>
          <p className="case-text">{question.answer}</p>
          {question.answered_at !== null && (
            <p className="muted">{t("question.answered", { when: formatTime(question.answered_at) })}</p>
          )}
        </section>
      )}
    </div>
  );
}

function Opened({ question }: { question: Question }) {
  const { t } = useTranslation("cases");
  const term = useTerms();
  const label = useLabel();
  const { workspace } = useMe();
  return (
    <section className="panel case-section" aria-labelledby="opened">
      <h2 id="opened">{t("question.opened")}</h2>
      <ul className="case-tasks">
        {question.opened.map((access) => {
          const object = workspace.objects.find((o) => o.name === access.object);
          return (
            <li key={`${access.at} ${access.action}`}>
              <span className="num">{formatTime(access.at)}</span> · {term("action", access.action)}
              {object && <> · {label(object.label)}</>}
              {access.touches > 1 && (
                <span className="muted"> · {t("question.records", { count: access.touches })}</span>
              )}
              {/* A link, not a title: what is looked at is recorded where it is opened. */}
              {object && (
                <span className="case-links">
                  {access.records.map((id, n) => (
                    <Link key={id} to="/records/$object/$id" params={{ object: object.name, id }} search={{}}>
                      {t("question.recordN", { n: n + 1 })}
                    </Link>
                  ))}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Answer({ id }: { id: string }) {
  const { t } = useTranslation("cases");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const send = async ({ text }: { text: string }) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.POST("/api/v1/me/questions/{id}/answer", { params: { path: { id } }, body: { text } });
      void message.success(t("question.done"));
      await queries.invalidateQueries({ queryKey: ["questions"] });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" requiredMark={false} className="panel case-section" onFinish={(f) => void send(f)}>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item
        name="text"
        label={t("question.answer")}
        extra={t("question.help")}
        rules={[{ required: true, whitespace: true, message: t("dialog.need") }]}
      >
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("question.submit")}
      </Button>
    </Form>
  );
}
