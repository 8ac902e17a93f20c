// The audit policy: what is in force, what waits for a second word, what cannot be switched off, and how a change is proposed.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { AuditPolicy, AuditPolicyAnswer } from "@/api/types";
import { useDuty } from "@/app/session";
import { formatTime } from "@/shared/format";
import { GuideLink } from "@/shared/GuideLink";
import { LockIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { PolicyForm } from "./PolicyForm";
import { PolicyState } from "./PolicyState";
import { ProposalCard } from "./ProposalCard";
import { Differences, usePolicyWords } from "./parts";
import { type Line, linesOf, PARTS } from "./policy";
import "../audit/audit.css";
import "./policy.css";

export const KEY = ["audit-policy"];

export function AuditPolicyPage() {
  const { t } = useTranslation("auditPolicy");
  const proposes = useDuty("audit_policy.manage");
  const [draft, setDraft] = useState<AuditPolicy>();
  const policy = useQuery({ queryKey: KEY, queryFn: () => data(api.GET("/api/v1/admin/audit-policy")) });
  if (policy.isPending) {
    return (
      <div className="page" role="status" aria-label={t("title")}>
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    );
  }
  if (policy.isError) return <ProblemPage problem={asProblem(policy.error)} onRetry={() => void policy.refetch()} />;
  const have = policy.data;
  const may = proposes && have.proposal === null;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <div className="grow" />
        <GuideLink page="security" />
        {may && draft === undefined && (
          <Button type="primary" onClick={() => setDraft(have.policy)}>
            {t("edit")}
          </Button>
        )}
      </div>
      <p className="muted policy-text">{t("text")}</p>
      <div className="policy-page">
        {have.proposal !== null && <ProposalCard proposal={have.proposal} policy={have.policy} />}
        {draft !== undefined && may ? (
          <PolicyForm key={JSON.stringify(draft)} have={have} draft={draft} onClose={() => setDraft(undefined)} />
        ) : (
          <InForce have={have} />
        )}
        <Done have={have} />
        <Locked locked={have.locked} />
        <Versions have={have} onUse={may ? setDraft : undefined} />
      </div>
    </div>
  );
}

function InForce({ have }: { have: AuditPolicyAnswer }) {
  const { t } = useTranslation("auditPolicy");
  const { label, value } = usePolicyWords();
  const lines = linesOf(have.policy);
  const shown = (line: Line) => (
    <div key={line.key}>
      <dt>{label(line)}</dt>
      <dd>{value(line, line.value)}</dd>
    </div>
  );
  return (
    <section className="panel policy-panel" aria-label={t("inForce", { version: have.version })}>
      <h2>{t("inForce", { version: have.version })}</h2>
      <div className="policy-parts">
        {PARTS.map((part) => {
          const own = lines.filter((line) => line.part === part);
          return (
            <div key={part}>
              <h3>{t(`part.${part}`)}</h3>
              {own.length === 0 ? <p className="muted">{t("noScope")}</p> : <dl>{own.map(shown)}</dl>}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function Done({ have }: { have: AuditPolicyAnswer }) {
  const { t } = useTranslation("auditPolicy");
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const reads = useDuty("audit.read");
  const confirm = () =>
    modal.confirm({
      title: t("state.confirm"),
      content: t("state.confirmText"),
      okText: t("state.confirm"),
      onOk: async () => {
        await api.POST("/api/v1/audit/review");
        void message.success(t("state.confirmed"));
        await queries.invalidateQueries({ queryKey: KEY });
      },
    });
  return (
    <section className="panel policy-panel" aria-label={t("state.title")}>
      <h2>{t("state.title")}</h2>
      <PolicyState have={have} />
      {reads && <Button onClick={confirm}>{t("state.confirm")}</Button>}
    </section>
  );
}

function Locked({ locked }: { locked: string[] }) {
  const { t } = useTranslation("auditPolicy");
  return (
    <section className="panel policy-panel" aria-label={t("locked.title")}>
      <h2>
        <LockIcon /> {t("locked.title")}
      </h2>
      <ul>
        {locked.map((key) => (
          <li key={key}>{(t as (key: string) => string)(`locked.${key}`)}</li>
        ))}
      </ul>
      <p className="muted">{t("locked.why")}</p>
    </section>
  );
}

function Versions({ have, onUse }: { have: AuditPolicyAnswer; onUse: ((policy: AuditPolicy) => void) | undefined }) {
  const { t } = useTranslation("auditPolicy");
  return (
    <section className="panel policy-panel" aria-label={t("versions.title")}>
      <h2>{t("versions.title")}</h2>
      {have.versions.map((version, n) => {
        const before = have.versions[n + 1]?.policy;
        return (
          <article key={version.version} className="policy-version">
            <div className="policy-version-head">
              <strong>{t("versions.version", { n: version.version })}</strong>
              <span className="muted">
                {formatTime(version.at)} ·{" "}
                {t("versions.by", { proposed: version.proposed_by, consented: version.consented_by })}
              </span>
              {onUse !== undefined && n > 0 && (
                <Button size="small" onClick={() => onUse(version.policy)}>
                  {t("versions.back")}
                </Button>
              )}
            </div>
            <p>{version.reason}</p>
            {before !== undefined && <Differences from={before} to={version.policy} />}
          </article>
        );
      })}
      <p className="muted">{t("versions.first")}</p>
    </section>
  );
}
