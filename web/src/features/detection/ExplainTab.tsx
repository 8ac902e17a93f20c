// Why the rule matches an event, or does not: every selection, every field.

import { Alert, Button, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { AlertPart, DetectionRule, ExplainRuleAnswer } from "@/api/types";
import { useLabel } from "@/i18n";
import { formatNumber } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { WordsTable } from "@/shared/WordsTable";
import { type Line, linesOf } from "./explained";

export function ExplainTab({ rule }: { rule: DetectionRule }) {
  const { t } = useTranslation("detection");
  const [event, setEvent] = useState("");
  const [answer, setAnswer] = useState<ExplainRuleAnswer>();
  const [problem, setProblem] = useState<ProblemError>();
  const ask = async () => {
    setProblem(undefined);
    setAnswer(undefined);
    try {
      const body = { rule: rule.name, event: event.trim() };
      setAnswer(await data(api.POST("/api/v1/detection/explain", { body })));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <section className="panel detection-panel" aria-label={t("tabs.explain")}>
      <p className="muted detection-note">{t("explainText")}</p>
      <form
        className="detection-act"
        onSubmit={(e) => {
          e.preventDefault();
          void ask();
        }}
      >
        <Input
          className="detection-event"
          aria-label={t("eventId")}
          placeholder={t("eventId")}
          value={event}
          onChange={(e) => setEvent(e.target.value)}
        />
        <Button htmlType="submit" disabled={event.trim() === ""}>
          {t("explain")}
        </Button>
      </form>
      {problem && <ProblemAlert problem={problem} />}
      {answer && <Answer answer={answer} />}
    </section>
  );
}

function Answer({ answer }: { answer: ExplainRuleAnswer }) {
  const { t } = useTranslation("detection");
  const verdict = (line: Line) => line.matched !== line.negated;
  return (
    <>
      <p>
        <Tag color={answer.matched ? "green" : "default"}>{t(answer.matched ? "matches" : "matchesNot")}</Tag>{" "}
        {answer.counts !== null && t("counted", { value: answer.counts })}
      </p>
      {answer.scored && <Alert type="info" title={t("scoredExplain")} />}
      {answer.detections.map((detection) => {
        const title = String((detection as { rule_title?: unknown }).rule_title ?? "");
        return (
          <div key={title}>
            <h3>{title}</h3>
            <WordsTable<Line>
              label={title}
              size="small"
              rowKey="key"
              pagination={false}
              dataSource={linesOf(detection)}
              columns={[
                { title: t("selection"), render: (_, l) => (l.negated ? `not ${l.selection}` : l.selection) },
                { title: t("field"), render: (_, l) => <code>{l.field}</code> },
                {
                  title: t("expected"),
                  render: (_, l) => (
                    <code className="detection-pattern">
                      {l.matcher} {l.pattern}
                    </code>
                  ),
                },
                { title: t("actual"), render: (_, l) => <code className="detection-pattern">{l.actual}</code> },
                {
                  title: t("outcome"),
                  render: (_, l) => (
                    <Tag color={verdict(l) ? "green" : "red"}>{t(l.matched ? "matches" : "matchesNot")}</Tag>
                  ),
                },
              ]}
            />
          </div>
        );
      })}
      <Scores scores={answer.scores} />
      <details>
        <summary>{t("fields")}</summary>
        <dl className="detection-fields">
          {Object.entries(answer.fields).map(([field, value]) => (
            <div key={field}>
              <dt>
                <code>{field}</code>
              </dt>
              <dd>{Array.isArray(value) ? value.join(", ") || "–" : String(value)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

/** What the baselines said of the event when it was judged, with what that is made of. */
function Scores({ scores }: { scores: AlertPart[] | null }) {
  const { t } = useTranslation("detection");
  const label = useLabel();
  const number = (value: number) => formatNumber(value, 1, false);
  return (
    <>
      <h3>{t("scores")}</h3>
      {scores === null || scores.length === 0 ? (
        <p className="muted">{t(scores === null ? "scoresLost" : "scoresNone")}</p>
      ) : (
        <>
          <p className="muted detection-note">{t("scoresText")}</p>
          <WordsTable<AlertPart>
            label={t("scores")}
            size="small"
            rowKey="measure"
            pagination={false}
            dataSource={scores}
            columns={[
              { title: t("measure"), render: (_, p) => label({ zh: p.zh, en: p.en }) },
              { title: t("score"), align: "right", className: "number", render: (_, p) => number(p.score) },
              { title: t("scoreObserved"), align: "right", className: "number", render: (_, p) => number(p.observed) },
              { title: t("scoreExpected"), align: "right", className: "number", render: (_, p) => number(p.expected) },
              { title: t("scorePeers"), align: "right", className: "number", render: (_, p) => number(p.peers) },
            ]}
          />
        </>
      )}
    </>
  );
}
