// Charts of sums. Each is read as text or a table as well: names and figures stand beside what is drawn.

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { formatNumber } from "@/shared/format";
import "./dashboards.css";

export type Mark = {
  key: string;
  label: ReactNode;
  /** The label as text, where a picture needs it. */
  text: string;
  value: number;
  count: number;
  /** The list behind it. */
  list: { object: string; filter: Condition | undefined } | undefined;
};

const LISTED = 30;
const top = (marks: Mark[]) => Math.max(1, ...marks.map((m) => Math.abs(m.value)));

function Opened({ mark, children }: { mark: Mark; children: ReactNode }) {
  const { t } = useTranslation("dashboards");
  if (!mark.list) return <span>{children}</span>;
  const { object, filter } = mark.list;
  return (
    <Link to="/records/$object" params={{ object }} search={filter ? { filter } : {}} title={t("open")}>
      {children}
    </Link>
  );
}

export function Bars({ name, marks, scale, funnel }: { name: string; marks: Mark[]; scale: number; funnel: boolean }) {
  const { t } = useTranslation("dashboards");
  const most = top(marks);
  const shown = marks.slice(0, LISTED);
  return (
    <>
      <ul className={funnel ? "card-bars card-funnel" : "card-bars"} aria-label={name}>
        {shown.map((mark) => (
          <li key={mark.key}>
            <span className="card-bar-name">
              <Opened mark={mark}>{mark.label}</Opened>
            </span>
            <span className="card-track" aria-hidden="true">
              <span style={{ width: `${Math.max(1, (Math.abs(mark.value) / most) * 100)}%` }} />
            </span>
            <span className="num">{formatNumber(mark.value, scale, false)}</span>
          </li>
        ))}
      </ul>
      {marks.length > LISTED && <p className="muted">{t("rest", { count: marks.length - LISTED })}</p>}
    </>
  );
}

export function Line({ name, marks, scale }: { name: string; marks: Mark[]; scale: number }) {
  const { t } = useTranslation("dashboards");
  const most = top(marks);
  const [width, height, left, bottom] = [380, 180, 8, 24];
  const step = (width - 2 * left) / Math.max(1, marks.length - 1);
  const x = (n: number) => (marks.length === 1 ? width / 2 : left + n * step);
  const y = (value: number) => 8 + (height - bottom - 8) * (1 - Math.max(0, value) / most);
  const every = Math.max(1, Math.ceil(marks.length / 5));
  return (
    <>
      <svg viewBox={`0 0 ${width} ${height}`} className="card-line" role="img" aria-label={name}>
        {[0, 0.5, 1].map((part) => (
          <line key={part} x1={0} x2={width} y1={y(most * part)} y2={y(most * part)} className="card-line-grid" />
        ))}
        <polyline points={marks.map((m, n) => `${x(n)},${y(m.value)}`).join(" ")} className="card-line-path" />
        {marks.map((mark, n) => (
          <g key={mark.key}>
            <circle cx={x(n)} cy={y(mark.value)} r={4} className="card-line-dot">
              <title>{`${mark.text}: ${formatNumber(mark.value, scale, false)}`}</title>
            </circle>
            {n % every === 0 && (
              <text
                x={x(n)}
                y={height - 6}
                textAnchor={n === 0 && marks.length > 1 ? "start" : n === marks.length - 1 ? "end" : "middle"}
                className="card-line-text"
              >
                {mark.text}
              </text>
            )}
          </g>
        ))}
      </svg>
      <details className="card-figures">
        <summary>
          {t("figures")} <span className="visually-hidden">{name}</span>
        </summary>
        <Bars name={name} marks={marks} scale={scale} funnel={false} />
      </details>
    </>
  );
}

export function Table({
  name,
  heads,
  rows,
  scale,
  value,
}: {
  name: string;
  heads: string[];
  rows: (Mark & { cells: ReactNode[] })[];
  scale: number;
  value: string | undefined;
}) {
  const { t } = useTranslation("dashboards");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <div className="card-scroll" tabIndex={0} role="region" aria-label={name}>
      <table className="forecast">
        <caption className="visually-hidden">{name}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="card-cell">
                {head}
              </th>
            ))}
            <th scope="col">{t("count")}</th>
            {value && <th scope="col">{value}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 200).map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell has no other identity than its place
                <td key={n} className="card-cell">
                  {n === 0 ? <Opened mark={row}>{cell}</Opened> : cell}
                </td>
              ))}
              <td>{formatNumber(row.count, 0, false)}</td>
              {value && <td>{formatNumber(row.value, scale, false)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > 200 && <p className="muted">{t("rest", { count: rows.length - 200 })}</p>}
    </div>
  );
}
