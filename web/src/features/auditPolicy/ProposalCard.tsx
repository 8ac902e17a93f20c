// What waits for a second word: the difference, what it means, and the acts of who may.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { AuditPolicy, AuditProposal } from "@/api/types";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { KEY } from "./AuditPolicyPage";
import { Differences, Effect } from "./parts";

type Act = "consent" | "refuse" | "withdraw";
const DONE = { consent: "consented", refuse: "refused", withdraw: "withdrawn" } as const;

export function ProposalCard({ proposal, policy }: { proposal: AuditProposal; policy: AuditPolicy }) {
  const { t } = useTranslation("auditPolicy");
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ProblemError>();
  const params = { path: { id: proposal.id } };
  const act = async (what: Act) => {
    setProblem(undefined);
    try {
      if (what === "withdraw") await api.DELETE("/api/v1/admin/audit-policy/proposals/{id}", { params });
      else {
        const body = { consent: what === "consent" };
        await api.POST("/api/v1/admin/audit-policy/proposals/{id}/decide", { params, body });
      }
      void message.success(t(`proposal.${DONE[what]}`));
    } catch (error) {
      setProblem(asProblem(error));
    }
    await queries.invalidateQueries({ queryKey: KEY });
  };
  const ask = (what: "consent" | "refuse") =>
    modal.confirm({
      title: t(`proposal.${what}Title`),
      content: what === "consent" ? t("proposal.consentText") : undefined,
      okText: t(`proposal.${what}`),
      okButtonProps: { danger: what === "refuse" },
      onOk: () => act(what),
    });
  return (
    <section className="panel policy-panel policy-waits" aria-label={t("proposal.title")}>
      <h2>{t("proposal.title")}</h2>
      <p className="muted">
        {t("proposal.by", {
          who: proposal.by_name,
          time: formatTime(proposal.at),
          until: formatTime(proposal.lapses_at),
        })}
      </p>
      <p>
        <strong>{t("proposal.reason")}</strong> {proposal.reason}
      </p>
      <Differences from={policy} to={proposal.policy} />
      <Effect effect={proposal.effect} />
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      {proposal.may_decide ? (
        <Space wrap>
          <Button type="primary" onClick={() => ask("consent")}>
            {t("proposal.consent")}
          </Button>
          <Button danger onClick={() => ask("refuse")}>
            {t("proposal.refuse")}
          </Button>
        </Space>
      ) : (
        <p className="muted">{t(proposal.own ? "proposal.own" : "proposal.other")}</p>
      )}
      {proposal.own && <Button onClick={() => void act("withdraw")}>{t("proposal.withdraw")}</Button>}
    </section>
  );
}
