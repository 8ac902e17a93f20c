// How it goes: what is open by week, how long mending takes, and which assets are worst.

import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { formatNumber, formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { type FindingFigures, useFigures } from "./findings";
import { SEVERITIES } from "./search";

const n = (value: number) => formatNumber(value, 0, false);

export function TrendTab() {
  const { t } = useTranslation("findings");
  const query = useFigures();
  if (query.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const f = query.data;
  const open = SEVERITIES.reduce((sum, s) => sum + f.open[s], 0);
  return (
    <div className="finding-trend">
      <dl className="finding-facts finding-numbers panel">
        <div>
          <dt>{t("trend.open")}</dt>
          <dd>{n(open)}</dd>
        </div>
        <div>
          <dt>{t("overdue")}</dt>
          <dd>
            <Link to="/findings" search={{ overdue: true }}>
              {n(f.overdue)}
            </Link>
          </dd>
        </div>
        <div>
          <dt>{t("waits")}</dt>
          <dd>
            <Link to="/findings" search={{ waits: true }}>
              {n(f.waits)}
            </Link>
          </dd>
        </div>
        <div>
          <dt>{t("state.accepted")}</dt>
          <dd>
            <Link to="/findings" search={{ state: "accepted" }}>
              {n(f.accepted)}
            </Link>
          </dd>
        </div>
      </dl>
      <section className="panel finding-section">
        <h2>{t("trend.weeks")}</h2>
        <Weeks weeks={f.weeks} />
      </section>
      <div className="finding-columns">
        <Mending of={f} />
        <Assets of={f} />
      </div>
    </div>
  );
}

/** Columns of a week each, the gravest at the foot. The table below says the same in numbers. */
function Weeks({ weeks }: { weeks: FindingFigures["weeks"] }) {
  const { t } = useTranslation("findings");
  const sums = weeks.map((w) => SEVERITIES.reduce((sum, s) => sum + w.open[s], 0));
  const top = Math.max(1, ...sums);
  const [width, height, foot] = [720, 150, 20];
  const step = width / Math.max(1, weeks.length);
  const day = (at: number) => formatTime(at).slice(5, 10);
  return (
    <>
      <ul className="finding-legend" aria-hidden="true">
        {SEVERITIES.map((s) => (
          <li key={s}>
            <span className={`finding-swatch finding-${s}`} />
            {t(`severity.${s}`)}
          </li>
        ))}
      </ul>
      <svg viewBox={`0 0 ${width} ${height + foot}`} className="finding-weeks" aria-hidden="true">
        {weeks.map((week, i) => {
          let below = 0;
          return (
            <g key={week.at}>
              {SEVERITIES.map((s) => {
                const tall = (week.open[s] / top) * (height - 16);
                below += tall;
                return (
                  <rect
                    key={s}
                    x={i * step + step * 0.2}
                    y={height - below}
                    width={step * 0.6}
                    height={tall}
                    className={`finding-bar-${s}`}
                  />
                );
              })}
              <text x={(i + 0.5) * step} y={height - below - 4} textAnchor="middle" className="chart-text">
                {sums[i]}
              </text>
              <text x={(i + 0.5) * step} y={height + foot - 4} textAnchor="middle" className="chart-text">
                {day(week.at)}
              </text>
            </g>
          );
        })}
      </svg>
      <details>
        <summary>{t("trend.asTable")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key */}
        <div className="finding-scroll" tabIndex={0} role="region" aria-label={t("trend.weeks")}>
          <table className="finding-table">
            <thead>
              <tr>
                <th>{t("trend.week")}</th>
                {SEVERITIES.map((s) => (
                  <th key={s} className="num">
                    {t(`severity.${s}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week) => (
                <tr key={week.at}>
                  <td className="num">{day(week.at)}</td>
                  {SEVERITIES.map((s) => (
                    <td key={s} className="num">
                      {n(week.open[s])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

function Mending({ of }: { of: FindingFigures }) {
  const { t } = useTranslation("findings");
  return (
    <section className="panel finding-section">
      <h2>{t("trend.mending")}</h2>
      <p className="muted">{t("trend.mendingHelp")}</p>
      <table className="finding-table">
        <thead>
          <tr>
            <th>{t("col.severity")}</th>
            <th className="num">{t("trend.median")}</th>
            <th className="num">{t("trend.mended")}</th>
          </tr>
        </thead>
        <tbody>
          {SEVERITIES.map((s) => {
            const row = of.mending.find((m) => m.severity === s);
            return (
              <tr key={s}>
                <td>{t(`severity.${s}`)}</td>
                <td className="num">{row?.median_days ?? "—"}</td>
                <td className="num">{n(row?.mended ?? 0)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Assets({ of }: { of: FindingFigures }) {
  const { t } = useTranslation("findings");
  const grave = (a: FindingFigures["assets"][number]) => a.open.critical * 1000 + a.open.high;
  const sorted = [...of.assets].sort((a, b) => grave(b) - grave(a)).slice(0, 20);
  return (
    <section className="panel finding-section">
      <h2>{t("trend.assets")}</h2>
      {sorted.length === 0 ? (
        <p className="muted">{t("empty")}</p>
      ) : (
        <table className="finding-table">
          <thead>
            <tr>
              <th>{t("col.asset")}</th>
              <th className="num">{t("trend.grave")}</th>
              <th className="num">{t("trend.open")}</th>
              <th className="num">{t("overdue")}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((a) => (
              <tr key={a.asset}>
                <td>
                  <Link to="/findings" search={{ asset: a.asset }}>
                    {a.asset}
                  </Link>
                </td>
                <td className="num">{n(a.open.critical + a.open.high)}</td>
                <td className="num">{n(SEVERITIES.reduce((sum, s) => sum + a.open[s], 0))}</td>
                <td className="num">{n(a.overdue)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
