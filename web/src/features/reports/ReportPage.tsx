// One report, to be read: each number opens the events behind it, for those who may read the access log.

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button, Skeleton, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useTerms } from "@/i18n/terms";
import { formatTimeIn } from "@/shared/format";
import { DownloadIcon } from "@/shared/icons";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useTaking } from "@/shared/useTaking";
import { Part } from "./parts";
import type { Card } from "./ReportsPage";
import { FORMATS, type Report } from "./report";
import "./reports.css";

export function ReportPage() {
  const { t } = useTranslation("reports");
  const { id } = useParams({ from: "/reports/$id" });
  const query = useQuery({
    queryKey: ["report", id],
    // It never changes.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => data(api.GET("/api/v1/reports/{id}", { signal, params: { path: { id } } })),
  });
  if (query.isPending)
    return (
      <div className="page">
        <Skeleton active />
      </div>
    );
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { card } = query.data;
  const report = query.data.report as unknown as Report;
  return (
    <div className="page report-page">
      <Link to="/reports" search={{}} className="muted no-print">
        {t("back")}
      </Link>
      <h1>
        {t(`kind.${card.kind}`)} · {card.about ? `${card.about} · ` : ""}
        {card.period}
      </h1>
      {!report.whole && (
        <Alert
          type="warning"
          showIcon
          title={t("notWholeText", { when: formatTimeIn(card.until, report.zone) })}
          className="report-gap"
        />
      )}
      <Files card={card} />
      <Facts card={card} report={report} />
      {report.sections.map((section) => (
        <section key={section.id} className="report-section" aria-labelledby={`part-${section.id}`}>
          <h2 id={`part-${section.id}`}>{t(`section.${section.id}`)}</h2>
          <Part section={section} report={report} subject={card.kind === "subject"} />
        </section>
      ))}
    </div>
  );
}

function Facts({ card, report }: { card: Card; report: Report }) {
  const { t, i18n } = useTranslation("reports");
  const term = useTerms();
  const { channels = [], operations = [] } = report.definition;
  const and = i18n.language === "en" ? ", " : "、";
  const by = card.made_by ?? (card.plan === null ? "" : t("byPlan", { plan: card.plan }));
  const { size, root } = report.head;
  return (
    <dl className="report-facts panel">
      <div>
        <dt>{t("fact.period")}</dt>
        <dd>
          {formatTimeIn(card.from, report.zone)} – {formatTimeIn(card.until, report.zone)} ({report.zone})
        </dd>
      </div>
      {channels.length > 0 && (
        <div>
          <dt>{t("fact.channels")}</dt>
          <dd>{channels.map((c) => term("channel", c)).join(and)}</dd>
        </div>
      )}
      {operations.length > 0 && (
        <div>
          <dt>{t("fact.operations")}</dt>
          <dd>{operations.map((a) => term("action", a)).join(and)}</dd>
        </div>
      )}
      <div>
        <dt>{t("fact.made")}</dt>
        <dd>
          {formatTimeIn(card.made_at, report.zone)} · {by}
        </dd>
      </div>
      <div>
        <dt>{t("fact.head")}</dt>
        <dd className="mono">{t("fact.entries", { count: size, root: `${root.slice(0, 16)}…` })}</dd>
      </div>
      <div>
        <dt>{t("fact.digest")}</dt>
        <dd className="mono">{card.sha256}</dd>
      </div>
    </dl>
  );
}

/** The report as a file; then the proof of that file. */
function Files({ card }: { card: Card }) {
  const { t } = useTranslation("reports");
  const { busy, problem, take: fetched } = useTaking();
  const [event, setEvent] = useState<string>();
  const below = `/reports/${card.id}`;
  const take = async (format: string) => {
    const file = {
      path: `${below}/file?format=${format}`,
      name: `whosaw-report.${format}`,
      said: t("taken"),
      key: format,
    };
    const taken = await fetched(file);
    if (taken) setEvent(taken);
  };
  const proof = {
    path: `${below}/proofs/${event}`,
    name: "whosaw-report.evidence.json",
    said: t("proved"),
    key: "proof",
  };
  return (
    <div className="no-print report-gap">
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      <Space wrap>
        {FORMATS.map((format, n) => (
          <Button
            key={format}
            type={n === 0 ? "primary" : "default"}
            icon={<DownloadIcon />}
            loading={busy === format}
            aria-label={t("take", { format: format.toUpperCase() })}
            onClick={() => void take(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </Space>
      {event && (
        <Alert
          type="success"
          showIcon
          role="status"
          style={{ marginTop: 12 }}
          title={t("proof")}
          action={<Button onClick={() => void fetched(proof)}>{t("prove")}</Button>}
        />
      )}
    </div>
  );
}
