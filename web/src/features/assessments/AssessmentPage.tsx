// One assessment: what it is about, its questions, its room, who is named, and what was found. Somebody from outside sees what is for them.

import { Link, useParams } from "@tanstack/react-router";
import { Button, Popconfirm, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { Assessors } from "./Assessors";
import { asOf, type Detail, oneOf, STATE_COLOUR, STATES, useAssessment, useDone } from "./assessments";
import { Room } from "./EvidenceRoom";
import { Files } from "./Files";
import { Raised } from "./FindingsList";
import { PlanDialog } from "./PlanDialog";
import { Questions } from "./Questions";
import "./assessments.css";

export function AssessmentPage() {
  const { id } = useParams({ from: "/assessments/$id" });
  const query = useAssessment(id);
  if (query.isPending)
    return (
      <div className="page">
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    );
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <One of={query.data} />;
}

function One({ of }: { of: Detail }) {
  const { t } = useTranslation("assessments");
  const { card } = of;
  const state = oneOf(STATES, card.state);
  const runs = of.manages && state !== "closed";
  return (
    <div className="page">
      <Link to="/assessments" className="muted">
        {t("back")}
      </Link>
      <div className="assess-bar">
        <h1>
          {card.name} <Tag color={STATE_COLOUR[state]}>{t(`state.${state}`)}</Tag>
        </h1>
        {runs && <Steps of={of} />}
      </div>
      <p className="assess-text">
        {[card.organisation, of.contact, card.standard].filter((part) => part !== "").join(" · ")}
      </p>
      <p className="muted">
        {[
          t("period", { from: formatTime(card.starts_at), until: formatTime(card.ends_at) }),
          t("due", { when: formatTime(card.due_at) }),
          of.closed_at === null ? null : t("closedAt", { when: formatTime(of.closed_at) }),
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      {of.scope !== "" && <p className="assess-words assess-text">{of.scope}</p>}
      <Questions of={of} runs={runs} />
      <Room of={of} />
      <Raised of={of} />
      {!of.assesses && <Assessors of={of} runs={runs} />}
      <Files of={of} />
    </div>
  );
}

function Steps({ of }: { of: Detail }) {
  const { t } = useTranslation("assessments");
  const done = useDone(() => undefined);
  const [editing, setEditing] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const params = { path: { id: of.card.id }, header: asOf(of.version) };
  const draft = of.card.state === "draft";
  const go = async () => {
    setProblem(undefined);
    try {
      await done(
        draft
          ? data(api.POST("/api/v1/assessments/{id}/open", { params }))
          : data(api.POST("/api/v1/assessments/{id}/close", { params })),
      );
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <div>
      <Space wrap>
        <Button onClick={() => setEditing(true)}>{t("edit")}</Button>
        <Popconfirm title={t(draft ? "openAsk" : "closeAsk")} onConfirm={go}>
          <Button type={draft ? "primary" : "default"} danger={!draft}>
            {t(draft ? "open" : "close")}
          </Button>
        </Popconfirm>
      </Space>
      {problem && <ProblemAlert problem={problem} style={{ marginTop: 8 }} />}
      {editing && <PlanDialog of={of} onClose={() => setEditing(false)} />}
    </div>
  );
}
