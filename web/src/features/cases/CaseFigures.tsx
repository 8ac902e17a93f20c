// How cases go, in numbers.

import { useQuery } from "@tanstack/react-query";
import { Segmented, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { formatNumber } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { SEVERITIES, STATES, VERDICTS } from "./search";

type Times = components["schemas"]["CaseTimes"];
const DAYS = [30, 90, 365];

export function CaseFigures() {
  const { t } = useTranslation("cases");
  const [days, setDays] = useState(90);
  const query = useQuery({
    queryKey: ["cases", "figures", days],
    queryFn: () => data(api.GET("/api/v1/cases/metrics", { params: { query: { days } } })),
  });
  if (query.isPending) return <Skeleton active />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const f = query.data;
  return (
    <div className="case-figures">
      <Segmented
        value={days}
        onChange={setDays}
        options={DAYS.map((count) => ({ value: count, label: t("figures.days", { count }) }))}
      />
      <dl className="case-facts panel">
        <div>
          <dt>{t("figures.cases")}</dt>
          <dd>{formatNumber(f.cases, 0, false)}</dd>
        </div>
        <div>
          <dt>{t("figures.overdue")}</dt>
          <dd>{formatNumber(f.overdue, 0, false)}</dd>
        </div>
      </dl>
      <dl className="case-facts panel">
        <Took name={t("figures.detect")} help={t("figures.detectHelp")} times={f.detect} />
        <Took name={t("figures.triage")} help={t("figures.triageHelp")} times={f.triage} />
        <Took name={t("figures.close")} help={t("figures.closeHelp")} times={f.close} />
      </dl>
      <div className="case-counts">
        <Counts title={t("figures.states")} rows={STATES.map((s) => [t(`state.${s}`), f.states[s] ?? 0])} />
        <Counts
          title={t("figures.severities")}
          rows={SEVERITIES.map((s) => [t(`severity.${s}`), f.severities[s] ?? 0])}
        />
        <Counts title={t("figures.verdicts")} rows={VERDICTS.map((s) => [t(`verdict.${s}`), f.verdicts[s] ?? 0])} />
      </div>
      <section className="panel case-section">
        <h2>{t("figures.rules")}</h2>
        {f.rules.length === 0 ? (
          <p className="muted">{t("figures.rulesNone")}</p>
        ) : (
          <table className="case-table">
            <thead>
              <tr>
                <th>{t("figures.rule")}</th>
                <th className="num">{t("figures.closed")}</th>
                <th className="num">{t("figures.right")}</th>
              </tr>
            </thead>
            <tbody>
              {f.rules.map((r) => (
                <tr key={r.rule}>
                  <td>{r.rule}</td>
                  <td className="num">{r.closed}</td>
                  <td className="num">{formatNumber((100 * r.right) / Math.max(1, r.closed), 0, false)} %</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function Took({ name, help, times }: { name: string; help: string; times: Times }) {
  const { t } = useTranslation("cases");
  const span = (ms: number | null) => {
    if (ms === null) return t("figures.none");
    const hours = ms / 3_600_000;
    if (hours < 1) return t("figures.minutes", { n: Math.round(ms / 60_000) });
    if (hours < 48) return t("figures.hours", { n: formatNumber(hours, 1, false) });
    return t("figures.dayN", { n: formatNumber(hours / 24, 1, false) });
  };
  return (
    <div>
      <dt>{name}</dt>
      <dd>{span(times.median_ms)}</dd>
      <dd className="case-small muted">
        {t("figures.median")} · {t("figures.p90")} {span(times.p90_ms)}
        <br />
        {help}
      </dd>
    </div>
  );
}

function Counts({ title, rows }: { title: string; rows: [string, number][] }) {
  return (
    <section className="panel case-section">
      <h2>{title}</h2>
      <ul className="home-list">
        {rows.map(([name, n]) => (
          <li key={name}>
            <span>{name}</span>
            <strong className="num">{formatNumber(n, 0, false)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
