// One alert: why it fired, what its score is made of, the events behind it, and what was done.

import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Descriptions, Empty, Skeleton, Timeline } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { AlertDetail, AlertPart } from "@/api/types";
import { useDuty } from "@/app/session";
import { OwnWords } from "@/features/cases/OwnWords";
import { useLanguage } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { formatNumber, formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { WordsTable } from "@/shared/WordsTable";
import { SeverityTag, StateTag } from "./parts";
import { FAMILIES, FEEDBACK, STATES } from "./search";
import { TriageDialog } from "./TriageDialog";
import { refreshAlerts, type TriageWish, useAlert } from "./useAlerts";
import "./alerts.css";

export function AlertPage() {
  const { t } = useTranslation("alerts");
  const { id } = useParams({ from: "/alerts/$id" });
  const alert = useAlert(id);
  if (alert.isPending) {
    return (
      <div className="page" role="status" aria-label={t("title")}>
        <Skeleton active />
      </div>
    );
  }
  if (alert.isError) return <ProblemPage problem={asProblem(alert.error)} onRetry={() => void alert.refetch()} />;
  return <Shown view={alert.data} />;
}

function Shown({ view }: { view: AlertDetail }) {
  const { t } = useTranslation("alerts");
  const zh = useLanguage() !== "en";
  const { message } = App.useApp();
  const queries = useQueryClient();
  const handles = useDuty("alert.handle");
  const opens = useDuty("case.handle");
  const [act, setAct] = useState<TriageWish["act"]>();
  const { alert } = view;
  const family = FAMILIES.find((f) => f === alert.family);
  const triage = async (wish: TriageWish) => {
    await data(
      api.POST("/api/v1/alerts/{id}/triage", {
        params: { path: { id: alert.id } },
        body: { ...wish, version: alert.version },
      }),
    );
    await refreshAlerts(queries);
    void message.success(t("done"));
  };
  const barred = alert.barred === "own_manager";
  return (
    <div className="page alert-page">
      <p>
        <Link to="/alerts" search={{}}>
          {t("back")}
        </Link>
      </p>
      <div className="page-head">
        <h1>{zh ? alert.title_zh : alert.title_en}</h1>
        <SeverityTag severity={alert.severity} />
        <StateTag alert={alert} />
        <div className="grow" />
        {alert.case !== null && (
          <Link to="/cases/$id" params={{ id: alert.case }}>
            {t("toCase")}
          </Link>
        )}
        {opens && !barred && alert.case === null && (
          <Link to="/cases" search={{ alerts: [alert.id] }}>
            <Button>{t("openCase")}</Button>
          </Link>
        )}
        {handles && !barred && alert.state !== "closed" && (
          <>
            <Button type="primary" onClick={() => setAct("close")}>
              {t("act.close")}
            </Button>
            <Button onClick={() => setAct("snooze")}>{t("act.snooze")}</Button>
          </>
        )}
        {handles && !barred && alert.state !== "open" && (
          <Button onClick={() => setAct("reopen")}>{t("act.reopen")}</Button>
        )}
      </div>
      {barred && <p className="muted">{t("barred.own_manager")}</p>}
      <section className="panel alert-section" aria-labelledby="alert-why">
        <h2 id="alert-why">{t("why")}</h2>
        <p className="alert-sentence">
          <strong>{alert.subject_name}</strong> {zh ? alert.why_zh : alert.why_en}
        </p>
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2, lg: 3 }}
          items={[
            {
              key: "rule",
              label: t("rule"),
              children: (
                <>
                  {/* What the house says of itself is no rule that one could open. */}
                  {alert.family === "other" ? (
                    <code>{alert.rule}</code>
                  ) : (
                    <Link to="/detection/rules/$rule" params={{ rule: alert.rule }} search={{}}>
                      <code>{alert.rule}</code>
                    </Link>
                  )}
                  &nbsp;{family && `(${t(`family.${family}`)})`}
                </>
              ),
            },
            {
              key: "score",
              label: t("score"),
              children: <span title={t("scoreText")}>{formatNumber(alert.score, 1, false)}</span>,
            },
            {
              key: "counted",
              label: t("findings", { count: alert.findings }),
              children: t("counted", { count: view.count, threshold: view.threshold }),
            },
            { key: "first", label: t("first"), children: formatTime(alert.first_at) },
            { key: "last", label: t("last"), children: formatTime(alert.last_at) },
            { key: "opened", label: t("opened"), children: formatTime(alert.opened_at) },
          ]}
        />
      </section>
      {view.parts.length > 0 && <Parts parts={view.parts} zh={zh} />}
      <Evidence view={view} />
      <OwnWords words={view.own_words} id="alert-own-words" />
      <Acts view={view} />
      {view.proposal && <Proposal alert={alert.id} rule={alert.rule} text={view.proposal} />}
      <section className="panel alert-section" aria-labelledby="alert-others">
        <h2 id="alert-others">{t("others")}</h2>
        {view.others.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noOthers")} />}
        <ul className="alert-others">
          {view.others.map((other) => (
            <li key={other.id}>
              <SeverityTag severity={other.severity} />
              <Link to="/alerts/$id" params={{ id: other.id }}>
                {zh ? other.title_zh : other.title_en}
              </Link>
              <span className="muted">{formatTime(other.last_at)}</span>
              <StateTag alert={other} />
            </li>
          ))}
        </ul>
      </section>
      {act && <TriageDialog act={act} count={1} onClose={() => setAct(undefined)} onDo={triage} />}
    </div>
  );
}

function Parts({ parts, zh }: { parts: AlertPart[]; zh: boolean }) {
  const { t } = useTranslation("alerts");
  const number = (value: number) => formatNumber(value, 1, false);
  return (
    <section className="panel alert-section" aria-labelledby="alert-parts">
      <h2 id="alert-parts">{t("parts")}</h2>
      <p className="muted">{t("scoreText")}</p>
      <WordsTable<AlertPart>
        label={t("parts")}
        rowKey="measure"
        size="small"
        pagination={false}
        dataSource={parts}
        columns={[
          { title: t("measure"), render: (_, p) => (zh ? p.zh : p.en) },
          { title: t("score"), align: "right", render: (_, p) => number(p.score) },
          { title: t("observed"), align: "right", render: (_, p) => number(p.observed) },
          { title: t("expected"), align: "right", render: (_, p) => number(p.expected) },
          { title: t("peers"), align: "right", render: (_, p) => number(p.peers) },
        ]}
      />
    </section>
  );
}

function Evidence({ view }: { view: AlertDetail }) {
  const { t } = useTranslation("alerts");
  const audits = useDuty("audit.read");
  const term = useTerms();
  const objects = useObjectWords();
  return (
    <section className="panel alert-section" aria-labelledby="alert-evidence">
      <h2 id="alert-evidence">{t("evidence")}</h2>
      {view.earlier > 0 && <p className="muted">{t("earlier", { count: view.earlier })}</p>}
      <Timeline
        items={view.evidence.map((event) => ({
          key: event.event,
          color: event.decision === "refused" ? "red" : "blue",
          content: (
            <div className="alert-event">
              <span className="alert-at">{formatTime(event.at)}</span>
              <strong>{term("action", event.action)}</strong>
              {event.object && <span>{objects.object(event.object)}</span>}
              {event.touches > 0 && <span className="muted">{t("records", { count: event.touches })}</span>}
              {event.decision !== "allowed" && (
                <span className="alert-decision">{term("decision", event.decision)}</span>
              )}
              <span className="muted">{event.source ?? term("channel", event.channel)}</span>
              {audits && (
                <Link to="/audit/log/$id" params={{ id: event.event }}>
                  {t("openEvent", { n: event.index })}
                </Link>
              )}
            </div>
          ),
        }))}
      />
    </section>
  );
}

function Acts({ view }: { view: AlertDetail }) {
  const { t } = useTranslation("alerts");
  return (
    <section className="panel alert-section" aria-labelledby="alert-handled">
      <h2 id="alert-handled">{t("handled")}</h2>
      {view.handled.length === 0 && <p className="muted">{t("notHandled")}</p>}
      <ul className="alert-others">
        {view.handled.map((one) => {
          const state = STATES.find((s) => s === one.state);
          const feedback = FEEDBACK.find((f) => f === one.feedback);
          return (
            <li key={`${one.at}-${one.by}`}>
              <span className="muted">{formatTime(one.at)}</span>
              <strong>{one.by_name}</strong>
              <span>
                {state && t(`state.${state}`)}
                {feedback && ` · ${t(`feedback.${feedback}`)}`}
                {one.until !== null && ` · ${t("until", { time: formatTime(one.until) })}`}
              </span>
              {one.note && <span className="alert-note">{one.note}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Proposal({ alert, rule, text }: { alert: string; rule: string; text: string }) {
  const { t } = useTranslation("alerts");
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    void message.success(t("copied"));
  };
  return (
    <section className="panel alert-section" aria-labelledby="alert-proposal">
      <div className="page-head">
        <h2 id="alert-proposal">{t("proposal")}</h2>
        <div className="grow" />
        <Button size="small" onClick={() => void copy()}>
          {t("copy")}
        </Button>
        <Link to="/detection/rules/$rule" params={{ rule }} search={{ tab: "filters", alert }}>
          {t("toFilters")}
        </Link>
      </div>
      <p className="muted">{t("proposalText")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by key */}
      <pre className="alert-yaml" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
