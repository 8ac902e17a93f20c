// Questions with their answers, by section, and what one can do with each.

import { Button, Empty, Popconfirm, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { PlusIcon, UploadIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { AddQuestion, ImportQuestions } from "./AddQuestions";
import { AnswerDialog } from "./AnswerDialog";
import {
  asked,
  asOf,
  type Detail,
  oneOf,
  QUESTION_COLOUR,
  QUESTION_STATES,
  type Question,
  STANDING_COLOUR,
  STANDINGS,
  useDone,
} from "./assessments";
import { AssignDialog, ReturnDialog, SayDialog } from "./dialogs";

export function Questions({ of, runs }: { of: Detail; runs: boolean }) {
  const { t } = useTranslation("assessments");
  const [adding, setAdding] = useState<"file" | "one">();
  const sections = [...new Set(of.questions.map((q) => q.section))];
  const draft = runs && of.card.state === "draft";
  return (
    <section aria-labelledby="assess-questions">
      <div className="assess-bar">
        <h2 id="assess-questions">{t("questions")}</h2>
        {draft && (
          <Space wrap>
            <Button icon={<UploadIcon />} type="primary" onClick={() => setAdding("file")}>
              {t("importFile")}
            </Button>
            <Button icon={<PlusIcon />} onClick={() => setAdding("one")}>
              {t("addOne")}
            </Button>
          </Space>
        )}
      </div>
      {of.questions.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noQuestions")} />}
      {sections.map((section) => (
        <div key={section}>
          {section !== "" && <h3 className="assess-section">{section}</h3>}
          <ul className="assess-list">
            {of.questions
              .filter((q) => q.section === section)
              .map((q) => (
                <QuestionPanel key={q.id} of={of} q={q} runs={runs} />
              ))}
          </ul>
        </div>
      ))}
      {adding === "file" && <ImportQuestions id={of.card.id} onClose={() => setAdding(undefined)} />}
      {adding === "one" && <AddQuestion id={of.card.id} onClose={() => setAdding(undefined)} />}
    </section>
  );
}

type Dialog = "assign" | "answer" | "draft" | "return" | "say" | "raise";

function QuestionPanel({ of, q, runs }: { of: Detail; q: Question; runs: boolean }) {
  const { t, i18n } = useTranslation("assessments");
  const done = useDone(() => undefined);
  const [dialog, setDialog] = useState<Dialog>();
  const [problem, setProblem] = useState<ProblemError>();
  const state = oneOf(QUESTION_STATES, q.state);
  const close = () => setDialog(undefined);
  const params = { path: { id: of.card.id, question: q.id }, header: asOf(q.version) };
  const send = async (act: Promise<unknown>) => {
    setProblem(undefined);
    try {
      await done(act);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const approve = () => send(data(api.POST("/api/v1/assessments/{id}/questions/{question}/approval", { params })));
  const remove = () => send(data(api.DELETE("/api/v1/assessments/{id}/questions/{question}", { params })));
  return (
    <li className="panel assess-card" aria-label={q.code}>
      <div className="assess-bar">
        <p className="assess-asked">
          <strong>{q.code}</strong> <span className="assess-words">{asked(q, i18n.language)}</span>
        </p>
        <Tag color={QUESTION_COLOUR[state]}>{t(of.assesses ? `outsideState.${state}` : `questionState.${state}`)}</Tag>
      </div>
      <AnswerText of={of} q={q} />
      {q.suggested !== null && runs && <Suggestion q={q} onUse={() => setDialog("draft")} />}
      <Words q={q} />
      {problem && <ProblemAlert problem={problem} />}
      <Space wrap>
        {runs && <Button onClick={() => setDialog("assign")}>{t("act.assign")}</Button>}
        {runs && (
          <Button onClick={() => setDialog("answer")}>{t(q.answer === null ? "act.answer" : "act.rewrite")}</Button>
        )}
        {runs && q.may_approve && (
          <Button type="primary" onClick={() => void approve()}>
            {t("act.approve")}
          </Button>
        )}
        {runs && q.answer !== null && <Button onClick={() => setDialog("return")}>{t("act.return")}</Button>}
        {runs && state === "answered" && !q.may_approve && <span className="muted">{t("ownAnswer")}</span>}
        {runs && of.card.state === "draft" && (
          <Popconfirm title={t("removeAsk")} onConfirm={remove}>
            <Button danger>{t("remove")}</Button>
          </Popconfirm>
        )}
        {of.assesses && <Button onClick={() => setDialog("say")}>{t("act.say")}</Button>}
        {of.assesses && (
          <Button type="primary" onClick={() => setDialog("raise")}>
            {t("act.raise")}
          </Button>
        )}
      </Space>
      {dialog === "assign" && <AssignDialog id={of.card.id} q={q} onClose={close} />}
      {(dialog === "answer" || dialog === "draft") && (
        <AnswerDialog id={of.card.id} q={q} known={of.evidence} suggested={dialog === "draft"} onClose={close} />
      )}
      {dialog === "return" && <ReturnDialog id={of.card.id} q={q} onClose={close} />}
      {(dialog === "say" || dialog === "raise") && (
        <SayDialog id={of.card.id} q={q} raise={dialog === "raise"} onClose={close} />
      )}
    </li>
  );
}

function AnswerText({ of, q }: { of: Detail; q: Question }) {
  const { t } = useTranslation("assessments");
  const label = useLabel();
  const { answer, answerer } = q;
  const title = (item: string) => {
    const found = of.evidence.find((e) => e.item === item);
    return found ? label(found.title) : item;
  };
  const approved =
    q.approved_at === null
      ? null
      : q.approved_by === null
        ? t("approvedAt", { when: formatTime(q.approved_at) })
        : t("approvedBy", { who: q.approved_by, when: formatTime(q.approved_at) });
  const facts = [
    answerer === null ? null : t("givenTo", { who: answerer.name }),
    answer === null || answer.by === null ? null : t("answeredBy", { who: answer.by, when: formatTime(answer.at) }),
    approved,
  ].filter((part) => part !== null);
  const standing = answer === null ? undefined : oneOf(STANDINGS, answer.standing);
  return (
    <>
      {answer !== null && standing !== undefined && (
        <div className="assess-answer">
          <Tag color={STANDING_COLOUR[standing]}>{t(`standing.${standing}`)}</Tag>
          <span className="assess-words">{answer.text}</span>
          {answer.evidence.length > 0 && (
            <p className="muted">
              {t("field.links")}: {answer.evidence.map(title).join(" · ")}
            </p>
          )}
        </div>
      )}
      {facts.length > 0 && <p className="muted">{facts.join(" · ")}</p>}
      {q.returned !== null && <p className="assess-returned">{t("returned", { reason: q.returned.reason })}</p>}
    </>
  );
}

function Suggestion({ q, onUse }: { q: Question; onUse: () => void }) {
  const { t } = useTranslation("assessments");
  const label = useLabel();
  if (q.suggested === null) return null;
  return (
    <div className="assess-suggestion">
      <p className="muted">{t("suggested", { by: q.suggested.by })}</p>
      <p>
        {label(q.suggested.title)} · {label(q.suggested.found)}
      </p>
      <Button size="small" onClick={onUse}>
        {t("useSuggestion")}
      </Button>
    </div>
  );
}

function Words({ q }: { q: Question }) {
  const { t } = useTranslation("assessments");
  if (q.words.length === 0) return null;
  return (
    <div className="assess-said">
      <p className="muted">{t("words")}</p>
      <ul>
        {q.words.map((word) => (
          <li key={`${word.at}-${word.by}`}>
            <span className="assess-words">{word.text}</span>{" "}
            <span className="muted">
              {word.by} · {formatTime(word.at)}
              {word.finding !== null && ` · ${t("raised")}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
