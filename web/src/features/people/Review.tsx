// Before a policy is published: what changes, who gains and who loses what, and why. The server works it out from the compiled
// rules, old and new; nothing is stored until it is published with a reason.

import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Input, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Impact, ImpactLine, MatrixRow, PolicyDiff } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { formatNumber } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { ReplayPanel } from "../replay/ReplayPanel";
import { DiffView } from "./DiffView";

type Props = {
  base: number;
  rows: MatrixRow[];
  onClose: () => void;
  onPublished: (version: number) => void;
  /** What is chosen before, where the draft comes of a choice; and whether that gave one. */
  head?: React.ReactNode;
  publishable?: boolean;
};

export function Review({ base, rows, onClose, onPublished, head, publishable = true }: Props) {
  const { t } = useTranslation(["people", "common"]);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const preview = useQuery({
    queryKey: ["policy", "preview", base, rows],
    gcTime: 0,
    queryFn: () => data(api.POST("/api/v1/admin/policy/preview", { body: { policy: { rows } as never } })),
  });
  const publish = async () => {
    setAsked(true);
    if (!reason.trim()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { base, policy: { rows } as never, reason: reason.trim() };
      onPublished((await data(api.POST("/api/v1/admin/policy", { body }))).version);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const impact = preview.data;
  return (
    <Drawer open onClose={onClose} title={t("review.title")} size="min(880px, 100vw)" mask={{ closable: false }}>
      {head}
      {preview.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : preview.isError || !impact ? (
        <ProblemPage problem={asProblem(preview.error)} onRetry={() => void preview.refetch()} />
      ) : (
        <div className="review">
          {impact.problems.length > 0 && (
            <Alert
              type="error"
              showIcon
              role="alert"
              title={t("review.problems")}
              description={
                <ul className="review-problems">
                  {impact.problems.map((p) => (
                    <li key={`${p.pointer}${p.code}`}>
                      <code>{p.pointer.replace("/policy/", "")}</code> {p.reason}
                    </li>
                  ))}
                </ul>
              }
            />
          )}
          <Headline impact={impact} />
          <Lines title={t("review.gains")} empty={t("review.noGains")} lines={impact.gains} />
          <Lines title={t("review.losses")} empty={t("review.noLosses")} lines={impact.losses} />
          {impact.conditions.length > 0 && (
            <Lines
              title={t("review.conditions")}
              empty=""
              note={t("review.conditionsText")}
              lines={impact.conditions}
            />
          )}
          {!impact.complete && <Alert type="info" showIcon title={t("review.partial")} />}
          {impact.problems.length === 0 && <ReplayPanel rows={rows} />}
          <section aria-label={t("review.diff")}>
            <h2>{t("review.diff")}</h2>
            <DiffView diff={impact.diff as unknown as PolicyDiff} />
          </section>
          <section aria-label={t("roles.reason")} className="review-foot">
            {problem && <ProblemAlert problem={problem} />}
            <label htmlFor="policy-reason">{t("review.reason")}</label>
            <Input.TextArea
              id="policy-reason"
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(e) => setReason(e.target.value)}
              {...(asked && !reason.trim()
                ? { status: "error" as const, "aria-describedby": "policy-reason-need" }
                : {})}
            />
            {asked && !reason.trim() && (
              <span id="policy-reason-need" role="alert">
                {t("review.needReason")}
              </span>
            )}
            <Space>
              <Button
                type="primary"
                loading={busy}
                disabled={impact.problems.length > 0 || !publishable}
                onClick={() => void publish()}
              >
                {t("review.publish")}
              </Button>
              <Button onClick={onClose}>{t("review.back")}</Button>
            </Space>
          </section>
        </div>
      )}
    </Drawer>
  );
}

/** "Newly exposes 312 customers to 14 people", by the widest gain of reading. */
function Headline({ impact }: { impact: Impact }) {
  const { t } = useTranslation("people");
  const reading = impact.gains.filter(
    (g) => g.object !== null && (g.action === "view" || g.action === "list" || g.fields.length > 0),
  );
  const widest = [...reading].sort((a, b) => (b.records ?? 0) - (a.records ?? 0))[0];
  const words = useObjectWords();
  if (impact.problems.length > 0) return null;
  if (!widest) return <Alert type="success" showIcon title={t("review.exposesNone")} />;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("review.exposes", {
        count: widest.records ?? 0,
        object: words.object(widest.object ?? ""),
        people: widest.people,
      })}
    />
  );
}

function Lines({ title, empty, note, lines }: { title: string; empty: string; note?: string; lines: ImpactLine[] }) {
  const { t, i18n } = useTranslation("people");
  const term = useTerms();
  const words = useObjectWords();
  const comma = i18n.language === "en" ? ", " : "、";
  const what = (line: ImpactLine) => {
    if (line.object === null) return term("action", line.action ?? "");
    const object = words.object(line.object);
    if (line.action !== null) return `${object} · ${term("action", line.action)}`;
    const fields = line.fields.map((f) => words.field(line.object ?? "", f)).join(comma);
    return `${object} · ${fields} · ${t(`level.${line.level as "masked"}`)}`;
  };
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {note && <p className="muted">{note}</p>}
      {lines.length === 0 ? (
        <p className="muted">{empty}</p>
      ) : (
        <ul className="impact">
          {lines.map((line) => (
            <li key={`${line.object}${line.action}${line.level}${line.fields.join()}`}>
              <div>
                <strong>{what(line)}</strong> <Tag>{t("review.people", { count: line.people })}</Tag>
                {line.records !== null && <Tag>{t("review.records", { count: line.records })}</Tag>}
              </div>
              <div className="muted">
                {line.named
                  .map((p) => (p.records === null ? p.name : `${p.name} (${formatNumber(p.records, 0, false)})`))
                  .join(comma)}
                {line.named.length < line.people && t("review.more")}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
