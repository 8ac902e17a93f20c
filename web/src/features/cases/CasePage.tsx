// One case: where it stands, what was done, what it cites, and how it is to end.

import { Link, useParams } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { Watermark } from "@/shared/Watermark";
import { CaseActs } from "./CaseActs";
import { CaseFiles } from "./CaseFiles";
import { CaseHistory } from "./CaseHistory";
import { CaseAlerts, CaseMeasures, CaseTasks } from "./CaseLists";
import { CaseTimeline } from "./CaseTimeline";
import { ClosingPanel } from "./ClosingPanel";
import { type CaseDetail, useCase, useSubject } from "./cases";
import { Evidence } from "./Evidence";
import { ExportCase } from "./ExportCase";
import { OwnWords } from "./OwnWords";
import { Due, Flags, SeverityTag, StateTag } from "./parts";
import { ReportCase } from "./ReportCase";
import { RevealDialog } from "./simpleDialogs";
import "./cases.css";

export function CasePage() {
  const { id } = useParams({ from: "/cases/$id" });
  const query = useCase(id);
  if (query.isPending) return <Skeleton active className="page" />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <Case of={query.data} />;
}

function Case({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  const exports = useDuty("audit.evidence");
  const reports = useDuty("case.report");
  const [dialog, setDialog] = useState<"export" | "history" | "report">();
  return (
    <Watermark>
      <div className="page case">
        <div className="page-head">
          <div>
            <Link to="/cases" search={{}} className="muted">
              {t("title")}
            </Link>
            <h1>{of.title}</h1>
          </div>
          <div className="grow" />
          <Button onClick={() => setDialog("history")}>{t("act.history")}</Button>
          {reports && (
            <Button type={exports ? "default" : "primary"} onClick={() => setDialog("report")}>
              {t("act.report")}
            </Button>
          )}
          {exports && (
            <Button type="primary" onClick={() => setDialog("export")}>
              {t("act.export")}
            </Button>
          )}
        </div>
        <div className="case-tags">
          <SeverityTag severity={of.severity} />
          <StateTag state={of.state} />
          <Flags of={of} />
        </div>
        <Facts of={of} />
        {of.handles && <CaseActs of={of} />}
        <div className="case-columns">
          <div>
            <ClosingPanel of={of} />
            <CaseTimeline of={of} />
          </div>
          <div>
            <Evidence of={of} />
            <OwnWords words={of.own_words} id="own-words" />
            <CaseMeasures of={of} />
            <CaseAlerts of={of} />
            <CaseTasks of={of} />
            <CaseFiles of={of} />
          </div>
        </div>
        {dialog === "export" && <ExportCase of={of} onClose={() => setDialog(undefined)} />}
        {dialog === "report" && <ReportCase of={of} onClose={() => setDialog(undefined)} />}
        {dialog === "history" && <CaseHistory id={of.id} onClose={() => setDialog(undefined)} />}
      </div>
    </Watermark>
  );
}

function Facts({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  const subject = useSubject();
  const [revealing, setRevealing] = useState(false);
  return (
    <dl className="case-facts panel">
      <div>
        <dt>{t("facts.subject")}</dt>
        <dd>
          {subject(of.subject)}{" "}
          {of.handles && !of.revealed && (
            <Button size="small" onClick={() => setRevealing(true)}>
              {t("reveal.open")}
            </Button>
          )}
        </dd>
      </div>
      <div>
        <dt>{t("facts.owner")}</dt>
        <dd>{of.owner?.name ?? t("nobody")}</dd>
      </div>
      <div>
        <dt>{t("facts.due")}</dt>
        <dd>
          <Due of={of} />
        </dd>
      </div>
      <div>
        <dt>{t("facts.opened")}</dt>
        <dd>
          {formatTime(of.opened_at)} · {of.opened_by.name}
        </dd>
      </div>
      {of.watchers.length > 0 && (
        <div>
          <dt>{t("facts.watchers")}</dt>
          <dd>{of.watchers.map((w) => w.name).join(", ")}</dd>
        </div>
      )}
      {of.rules.length > 0 && of.alerts.length === 0 && (
        <div>
          <dt>{t("facts.rules")}</dt>
          <dd>{of.rules.join(", ")}</dd>
        </div>
      )}
      {revealing && <RevealDialog of={of} onClose={() => setRevealing(false)} />}
    </dl>
  );
}
