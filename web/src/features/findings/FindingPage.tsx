// One vulnerability: where it stands, what is known of it, and what happened.

import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { AcceptDialog, AssignDialog, ConsentDialog, FixedDialog, ReasonDialog } from "./dialogs";
import { type FindingDetail, useFinding } from "./findings";
import { Due, Flags, SeverityTag, StateTag } from "./parts";
import { SEVERITIES, STEPS } from "./search";
import "./findings.css";

export function FindingPage() {
  const { id } = useParams({ from: "/findings/$id" });
  const query = useFinding(id);
  if (query.isPending) return <Skeleton active className="page" />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <Finding of={query.data} />;
}

function Finding({ of }: { of: FindingDetail }) {
  const { t } = useTranslation("findings");
  const { card } = of;
  return (
    <div className="page finding">
      <div className="page-head">
        <div>
          <Link to="/findings" search={{}} className="muted">
            {t("title")}
          </Link>
          <h1>{card.title}</h1>
        </div>
      </div>
      <div className="finding-tags">
        <SeverityTag severity={card.severity} />
        <StateTag state={card.state} />
        <Flags of={card} />
      </div>
      <Facts of={of} />
      {of.aside && <AsideNote of={of} />}
      {of.manages && <Acts of={of} />}
      <div className="finding-columns">
        <Known of={of} />
        <History of={of} />
      </div>
    </div>
  );
}

function Facts({ of }: { of: FindingDetail }) {
  const { t } = useTranslation("findings");
  const { card } = of;
  const facts: [string, React.ReactNode][] = [
    [t("col.asset"), card.asset],
    [t("col.owner"), card.owner?.name ?? t("nobody")],
    [t("col.due"), <Due key="due" of={card} />],
    [t("col.found"), formatTime(card.found_at)],
    [t("col.seen"), formatTime(card.seen_at)],
    [t("col.tool"), card.tool],
  ];
  return (
    <dl className="finding-facts panel">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function AsideNote({ of }: { of: FindingDetail }) {
  const { t } = useTranslation("findings");
  const { aside } = of;
  if (!aside) return null;
  const kind = aside.kind === "accepted" ? "accepted" : "false_positive";
  const who = aside.second === null ? aside.by : t("aside.both", { by: aside.by, second: aside.second });
  return (
    <Alert
      type={aside.in_force ? "info" : "warning"}
      showIcon
      title={t(aside.in_force ? `state.${kind}` : `aside.asks.${kind}`)}
      description={
        <>
          <p className="finding-words">{aside.reason}</p>
          <p className="muted">
            {who} · {formatTime(aside.at)}
            {aside.until !== null && ` · ${t("acceptedUntil", { at: formatTime(aside.until) })}`}
          </p>
          {!aside.in_force && !of.may_consent && <p className="muted">{t("aside.waitsFor")}</p>}
        </>
      }
      style={{ marginBottom: 12 }}
    />
  );
}

type Dialog = "assign" | "fixed" | "verify" | "accept" | "false_positive" | "reopen" | "agree" | "decline";

function Acts({ of }: { of: FindingDetail }) {
  const { t } = useTranslation("findings");
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const { state, waits } = of.card;
  const isOpen = state === "open" || state === "fixed";
  const may: [Dialog, boolean][] = [
    ["agree", of.may_consent],
    ["decline", waits],
    ["assign", isOpen],
    ["fixed", state === "open"],
    ["verify", of.assessment !== null && state === "fixed"],
    ["accept", isOpen && !waits],
    ["false_positive", isOpen && !waits],
    ["reopen", state !== "open"],
  ];
  const offered = may.filter(([, on]) => on).map(([name]) => name);
  return (
    <div className="finding-acts">
      {offered.map((name, n) => (
        <Button key={name} type={n === 0 ? "primary" : "default"} onClick={() => setDialog(name)}>
          {t(name === "decline" && !of.may_consent ? "act.takeBack" : `act.${name}`)}
        </Button>
      ))}
      {dialog === "assign" && <AssignDialog of={of} onClose={close} />}
      {dialog === "fixed" && <FixedDialog of={of} onClose={close} />}
      {dialog === "verify" && <FixedDialog of={of} verify onClose={close} />}
      {dialog === "accept" && <AcceptDialog of={of} onClose={close} />}
      {(dialog === "false_positive" || dialog === "reopen") && <ReasonDialog of={of} to={dialog} onClose={close} />}
      {(dialog === "agree" || dialog === "decline") && (
        <ConsentDialog of={of} agree={dialog === "agree"} onClose={close} />
      )}
    </div>
  );
}

function Known({ of }: { of: FindingDetail }) {
  const { t } = useTranslation("findings");
  const { card } = of;
  const numbers = [...card.ids, ...of.cwes.map((n) => `CWE-${n}`)];
  return (
    <section className="panel finding-section">
      <h2>{t("known.title")}</h2>
      <dl className="finding-known">
        <dt>{t("known.rule")}</dt>
        <dd>{card.rule}</dd>
        {numbers.length > 0 && (
          <>
            <dt>{t("known.numbers")}</dt>
            <dd>{numbers.join(", ")}</dd>
          </>
        )}
        {of.cvss_tenths !== null && (
          <>
            <dt>CVSS</dt>
            <dd>
              {(of.cvss_tenths / 10).toFixed(1)} {of.cvss_vector && <code>{of.cvss_vector}</code>}
            </dd>
          </>
        )}
        {card.part !== "" && (
          <>
            <dt>{t("known.part")}</dt>
            <dd>{card.part}</dd>
          </>
        )}
        {card.location !== "" && (
          <>
            <dt>{t("col.where")}</dt>
            <dd>{card.location}</dd>
          </>
        )}
      </dl>
      {of.assessment !== null && <Source assessment={of.assessment} />}
      {of.description !== "" && <p className="finding-words">{of.description}</p>}
      {of.fix !== "" && (
        <>
          <h3>{t("known.fix")}</h3>
          <p className="finding-words">{of.fix}</p>
        </>
      )}
    </section>
  );
}

function Source({ assessment }: { assessment: string }) {
  const { t } = useTranslation("findings");
  const reads = useDuty("assessment.read");
  return (
    <p>
      {reads ? (
        <Link to="/assessments/$id" params={{ id: assessment }}>
          {t("known.assessment")}
        </Link>
      ) : (
        t("known.assessment")
      )}
    </p>
  );
}

function History({ of }: { of: FindingDetail }) {
  const { t } = useTranslation("findings");
  return (
    <section className="panel finding-section">
      <h2>{t("history")}</h2>
      <ol className="finding-history">
        {[...of.history].reverse().map((step, n) => {
          const what = STEPS.find((s) => s === step.what) ?? "found";
          const severity = SEVERITIES.find((s) => s === step.severity);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a history have no other name
            <li key={n}>
              <strong>{t(`step.${what}`)}</strong>
              {step.to !== null && ` ${step.to}`}
              {what === "assigned" && step.to === null && ` ${t("nobody")}`}
              {severity && ` ${t(`severity.${severity}`)}`}
              {step.until !== null && ` ${t("until", { at: formatTime(step.until) })}`}
              <span className="muted">
                {formatTime(step.at)} · {step.by ?? t(step.scan === null ? "byHouse" : "byScan")}
              </span>
              {step.text && <p className="finding-words">{step.text}</p>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
