// Small charts of counts. Each is a picture with a name; the figures stand beside it as text or as a table.

import { useTranslation } from "react-i18next";
import { formatNumber } from "@/shared/format";

export type Bar = { key: string; label: string; value: number };

const most = (rows: Bar[]) => Math.max(1, ...rows.map((r) => r.value));
const LISTED = 40;

/** A round number at or above the largest. */
export function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= value) ?? value;
}

/** Days without a count between the first and the last are days of nothing, and shown so. */
export function everyDay(rows: Bar[]): Bar[] {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return rows;
  const found = new Map(rows.map((r) => [r.key, r]));
  const days: Bar[] = [];
  for (let at = Date.parse(`${first.key}T00:00:00Z`); at <= Date.parse(`${last.key}T00:00:00Z`); at += 86_400_000) {
    const key = new Date(at).toISOString().slice(0, 10);
    days.push(found.get(key) ?? { key, label: key, value: 0 });
  }
  return days;
}

export function Days({ name, rows }: { name: string; rows: Bar[] }) {
  const days = everyDay(rows);
  const top = ceiling(most(days));
  const [width, height, left, bottom] = [1000, 240, 56, 22];
  const step = (width - left) / days.length;
  const y = (value: number) => (height - bottom) * (1 - value / top) + 6;
  const every = Math.max(1, Math.ceil(days.length / 8));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <div className="chart-scroll" tabIndex={0} role="region" aria-label={name}>
      <svg viewBox={`0 0 ${width} ${height + 8}`} role="img" aria-label={name} className="chart-days">
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line x1={left} x2={width} y1={y(top * part)} y2={y(top * part)} className="chart-line" />
            <text x={left - 8} y={y(top * part) + 4} textAnchor="end" className="chart-text">
              {formatNumber(top * part, 0, false)}
            </text>
          </g>
        ))}
        {days.map((day, n) => (
          <g key={day.key}>
            <rect
              x={left + n * step + step * 0.12}
              width={step * 0.76}
              y={y(day.value)}
              height={Math.max(0, y(0) - y(day.value))}
              rx={Math.min(2, step / 6)}
              className="chart-bar"
            >
              <title>{`${day.label}: ${formatNumber(day.value, 0, false)}`}</title>
            </rect>
            {n % every === 0 && (
              <text x={left + (n + 0.5) * step} y={height + 2} textAnchor="middle" className="chart-text">
                {day.label.slice(5)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

export function Bars({
  name,
  rows,
  onOpen,
  openLabel,
}: {
  name: string;
  rows: Bar[];
  onOpen: (key: string) => void;
  openLabel: string;
}) {
  const { t } = useTranslation("audit");
  const sorted = [...rows].sort((a, b) => b.value - a.value);
  const top = most(rows);
  return (
    <>
      <ul className="chart-bars" aria-label={name}>
        {sorted.slice(0, LISTED).map((row) => (
          <li key={row.key}>
            <button type="button" className="row-open" title={openLabel} onClick={() => onOpen(row.key)}>
              {row.label}
            </button>
            <span className="chart-track" aria-hidden="true">
              <span style={{ width: `${(row.value / top) * 100}%` }} />
            </span>
            <span className="num">{formatNumber(row.value, 0, false)}</span>
          </li>
        ))}
      </ul>
      {sorted.length > LISTED && <p className="muted">{t("counts.rest", { count: sorted.length - LISTED })}</p>}
    </>
  );
}

const HOURS = Array.from({ length: 24 }, (_, n) => String(n).padStart(2, "0"));
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Hours across, days down. The table is the chart: each cell says its number. */
export function Heat({ name, rows }: { name: string; rows: Bar[] }) {
  const { t } = useTranslation("audit");
  const found = new Map(rows.map((r) => [r.key, r.value]));
  const top = most(rows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <div className="chart-scroll" tabIndex={0} role="region" aria-label={name}>
      <table className="chart-heat">
        <caption className="visually-hidden">{name}</caption>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map((day) => (
            <tr key={day}>
              <th scope="row">{t(`counts.days.d${day}`)}</th>
              {HOURS.map((hour) => {
                const count = found.get(`${day}-${hour}`) ?? 0;
                // Five steps, so that a single event still shows.
                const step = count === 0 ? 0 : Math.max(1, Math.ceil((count / top) * 5));
                const told = t("counts.cell", {
                  day: t(`counts.days.d${day}`),
                  hour,
                  value: formatNumber(count, 0, false),
                });
                return (
                  <td key={hour} data-step={step} title={told}>
                    <span className="visually-hidden">{count}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="chart-legend muted" aria-hidden="true">
        {t("counts.less")}
        {[0, 1, 2, 3, 4, 5].map((step) => (
          <i key={step} data-step={step} />
        ))}
        {t("counts.more")} ({formatNumber(top, 0, false)})
      </div>
    </div>
  );
}
