// Why the rule matches an event, or does not: every selection, every field.

import { Alert, Button, Input, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { DetectionRule, ExplainRuleAnswer } from "@/api/types";
import { ProblemAlert } from "@/shared/ProblemView";
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
            <Table<Line>
              size="small"
              rowKey="key"
              pagination={false}
              scroll={{ x: "max-content" }}
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
