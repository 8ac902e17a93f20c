// A trial: what a rule, or a change of its filters, would have told over the last days. It is a job of the server's: it goes on when the page
// is left or loaded again, where the page keeps which one it is (`onTrial`).

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, InputNumber, Progress, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { JobForm, TrialAnswer, TrialFigures } from "@/api/types";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { percentOf, useJobActs, useJobProgress, whyOf } from "../jobs/useJobs";

type Props = {
  rule?: string;
  text?: string;
  filters: string[];
  /** The job, where the address keeps it. */
  trial?: string | undefined;
  onTrial?: (job: string) => void;
};

const MOST_DAYS = 366;

export function TrialPanel({ rule, text, filters, trial, onTrial }: Props) {
  const { t } = useTranslation("detection");
  const acts = useJobActs();
  const [days, setDays] = useState(30);
  const [begun, setBegun] = useState<string>();
  const [beginning, setBeginning] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const id = begun ?? trial;
  const progress = useJobProgress(id);
  const job = progress.data;
  const run = async () => {
    setProblem(undefined);
    setBeginning(true);
    try {
      const body = { days, filters, ...(rule ? { rule } : {}), ...(text ? { text } : {}) };
      const next = await data(api.POST("/api/v1/detection/try", { body }));
      setBegun(next.id);
      onTrial?.(next.id);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBeginning(false);
    }
  };
  return (
    <section className="panel detection-panel" aria-label={t("tabs.trial")}>
      <h2>{t("tabs.trial")}</h2>
      <p className="muted detection-note">{t("trialText")}</p>
      <div className="detection-act">
        <InputNumber
          aria-label={t("days")}
          addonBefore={t("days")}
          min={1}
          max={MOST_DAYS}
          value={days}
          onChange={(n) => setDays(n ?? 30)}
        />
        {job?.state === "running" ? (
          <Button onClick={() => void acts.cancel(job.id)}>{t("cancel")}</Button>
        ) : (
          <Button type="primary" loading={beginning} onClick={() => void run()}>
            {t("run")}
          </Button>
        )}
      </div>
      {problem && <ProblemAlert problem={problem} />}
      {progress.isError && <ProblemAlert problem={asProblem(progress.error)} />}
      <div role="status">{job && <Under job={job} />}</div>
      {job?.state === "done" && <Result id={job.id} />}
    </section>
  );
}

/** How far it is, or why it came to nothing. */
function Under({ job }: { job: JobForm }) {
  const { t } = useTranslation(["detection", "jobs"]);
  if (job.state === "done") return null;
  if (job.state === "cancelled") return <Alert type="info" title={t("trialCancelled")} />;
  if (job.state === "failed") {
    return <Alert type="error" showIcon title={t("trialFailed", { why: t(`jobs:why.${whyOf(job)}`) })} />;
  }
  const count = t("trialProgress", { done: job.done, total: job.total });
  return (
    <div className="detection-act">
      <Progress className="detection-progress" percent={percentOf(job)} size="small" aria-label={count} />
      <span className="muted number">{count}</span>
    </div>
  );
}

function Result({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ["detection", "trial", id],
    queryFn: () => data(api.GET("/api/v1/detection/trials/{id}", { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isError) return <ProblemAlert problem={asProblem(query.error)} />;
  const result = query.data?.result;
  return result ? <Found answer={result} /> : null;
}

function Found({ answer }: { answer: TrialAnswer }) {
  const { t } = useTranslation("detection");
  const { after, before } = answer;
  if (answer.events === 0) return <p>{t("noHistory")}</p>;
  const figure = (name: string, value: string | number, beside?: number) => (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {beside !== undefined && (
          <span className="muted">
            {" "}
            ({t("nowInForce")}: {beside})
          </span>
        )}
      </dd>
    </div>
  );
  return (
    <>
      <dl className="detection-figures">
        {figure(t("events"), answer.events)}
        {answer.from !== null && figure(t("since"), formatTime(answer.from))}
        {figure(t("alerts"), after.alerts, before?.alerts)}
        {figure(t("persons"), after.persons, before?.persons)}
      </dl>
      {answer.hides_malicious > 0 && (
        <Alert type="error" showIcon title={t("hides", { count: answer.hides_malicious })} />
      )}
      {answer.cut && <Alert type="info" title={t("cut", { count: answer.events })} />}
      {answer.scored && <Alert type="info" title={t("scoredTrial")} />}
      <Days figures={after} />
      {before && <Vanish answer={answer} />}
      {after.people.length > 0 && <People figures={after} />}
      {after.examples.length > 0 && <Examples figures={after} />}
    </>
  );
}

const dayOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

function Days({ figures }: { figures: TrialFigures }) {
  const { t } = useTranslation("detection");
  if (figures.days.length === 0) return null;
  const most = Math.max(...figures.days.map((d) => d.alerts));
  return (
    <>
      <h3>{t("perDay")}</h3>
      <ul className="detection-days">
        {figures.days.map((d) => (
          <li key={d.day}>
            <span className="number">{dayOf(d.day)}</span>
            <meter min={0} max={most} value={d.alerts} aria-label={dayOf(d.day)} />
            <span className="number">{d.alerts}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Vanish({ answer }: { answer: TrialAnswer }) {
  const { t } = useTranslation("detection");
  if (answer.vanished === 0) return <p className="muted">{t("vanishNone")}</p>;
  const feedback = (said: string | null) => {
    const known = (["malicious", "suspicious", "expected", "unknown"] as const).find((f) => f === said);
    return t(`feedback.${known ?? "none"}`);
  };
  return (
    <>
      <h3>{t("vanish", { count: answer.vanished })}</h3>
      <ul>
        {answer.vanish.map((past) => (
          <li key={past.alert}>
            {past.person.name}, {formatTime(past.last_at)}, {feedback(past.feedback)}
          </li>
        ))}
      </ul>
    </>
  );
}

function People({ figures }: { figures: TrialFigures }) {
  const { t } = useTranslation("detection");
  return (
    <>
      <h3>{t("people")}</h3>
      <Table
        size="small"
        rowKey={(row) => row.person.name + (row.person.user ?? "")}
        pagination={figures.people.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
        dataSource={figures.people}
        columns={[
          { title: t("person"), render: (_, row) => row.person.name },
          { title: t("alerts"), align: "right", className: "number", render: (_, row) => row.alerts },
        ]}
      />
    </>
  );
}

function Examples({ figures }: { figures: TrialFigures }) {
  const { t } = useTranslation("detection");
  const label = useLabel();
  const reads = useDuty("audit.read");
  return (
    <>
      <h3>{t("examples")}</h3>
      <ul className="detection-examples">
        {figures.examples.map((e) => (
          <li key={`${e.person.name}-${e.at}`}>
            <div>
              {e.person.name}, {formatTime(e.at)}: {label({ zh: e.why_zh, en: e.why_en })}
            </div>
            <div className="muted detection-name">
              {e.events.slice(-3).map((event, n) => (
                <span key={event}>
                  {n > 0 && ", "}
                  {reads ? (
                    <Link to="/audit/log/$id" params={{ id: event }}>
                      {event}
                    </Link>
                  ) : (
                    event
                  )}
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
