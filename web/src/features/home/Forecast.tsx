// What is likely to close in the months ahead: amount times probability, by month and by person. The server sums what the
// person may see, and nothing else.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Empty, Skeleton } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Condition, ForecastLine, ObjectForm } from "@/api/types";
import { useLabel, useLanguage } from "@/i18n";
import { Person } from "@/shared/fields/FieldText";
import { formatNumber, formatShort } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";

const MONTHS = 6;

type Sum = { open: number; weighted: number; won: number; count: number };

/** Sums of the lines by a key, in the keys' order. */
function sums(
  lines: ForecastLine[],
  won: ReadonlySet<string>,
  lost: ReadonlySet<string>,
  key: (l: ForecastLine) => string,
) {
  const all = new Map<string, Sum>();
  for (const line of lines) {
    if (lost.has(line.stage)) continue;
    const sum = all.get(key(line)) ?? { open: 0, weighted: 0, won: 0, count: 0 };
    if (won.has(line.stage)) sum.won += line.amount;
    else sum.open += line.amount;
    sum.weighted += line.weighted;
    sum.count += line.count;
    all.set(key(line), sum);
  }
  return [...all.entries()].sort(([a], [b]) => a.localeCompare(b));
}

export function Forecast({ object }: { object: ObjectForm }) {
  const { t } = useTranslation(["process", "home"]);
  const label = useLabel();
  const language = useLanguage();
  const { pipeline } = object.process;
  const from = dayjs().startOf("month");
  const to = from.add(MONTHS, "month").subtract(1, "day");
  const query = { from: from.format("YYYY-MM-DD"), to: to.format("YYYY-MM-DD") };
  const found = useQuery({
    queryKey: ["list", object.name, "forecast", query],
    queryFn: () =>
      data(api.GET("/api/v1/records/{object}/forecast", { params: { path: { object: object.name }, query } })),
  });
  const ending = (outcome: string) =>
    new Set((pipeline?.stages ?? []).filter((s) => s.outcome === outcome).map((s) => s.value));
  const [won, lost] = [ending("won"), ending("lost")];
  const lines = found.data?.items ?? [];
  const byMonth = sums(lines, won, lost, (l) => l.month);
  const byPerson = sums(lines, won, lost, (l) => l.owner ?? "");
  const [total] = sums(lines, won, lost, () => "");
  const most = Math.max(1, ...byMonth.map(([, s]) => s.weighted));
  const money = (n: number) => formatNumber(Math.round(n), 0, false);
  // All numbers of the card in the same way: those of a whole company do not fit beside each other.
  const long = Math.max(total?.[1].open ?? 0, total?.[1].weighted ?? 0, total?.[1].won ?? 0) >= 100_000_000;
  const short = (n: number) => (long ? <span title={money(n)}>{formatShort(n, language)}</span> : money(n));
  const filter: Condition = {
    all: [
      { test: { field: pipeline?.closes ?? "", op: "ge", value: query.from } },
      { test: { field: pipeline?.closes ?? "", op: "le", value: query.to } },
    ],
  };
  const name = { object: label(object.label) };
  const heading = `forecast-${object.name}`;
  const head = (first: string) => (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">{t("forecast.open")}</th>
        <th scope="col">{t("forecast.won")}</th>
        <th scope="col">{t("forecast.weighted")}</th>
      </tr>
    </thead>
  );
  const cells = (sum: Sum) => (
    <>
      <td>{short(sum.open)}</td>
      <td>{short(sum.won)}</td>
      <td>{short(sum.weighted)}</td>
    </>
  );
  return (
    <section className="panel home-card" aria-labelledby={heading}>
      <div className="page-head">
        <h2 id={heading}>{t("forecast.title")}</h2>
        <div className="grow" />
        <Link to="/records/$object" params={{ object: object.name }} search={{ filter }}>
          {t("home:all")}
        </Link>
      </div>
      {found.isPending ? (
        <Skeleton active />
      ) : found.isError ? (
        <ProblemAlert problem={asProblem(found.error)} onRetry={() => void found.refetch()} />
      ) : total === undefined ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("forecast.empty", name)} />
      ) : (
        <>
          <p className="muted">{t("forecast.help", name)}</p>
          <table className="forecast">
            <caption className="visually-hidden">{t("forecast.byMonth")}</caption>
            {head(t("forecast.month"))}
            <tbody>
              {byMonth.map(([month, sum]) => (
                <tr key={month}>
                  <th scope="row">
                    {month}
                    <span className="forecast-bar" aria-hidden="true">
                      <span style={{ width: `${Math.round((100 * sum.weighted) / most)}%` }} />
                    </span>
                  </th>
                  {cells(sum)}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("forecast.total")}</th>
                {cells(total[1])}
              </tr>
            </tfoot>
          </table>
          {byPerson.length > 1 && (
            <table className="forecast">
              <caption className="visually-hidden">{t("forecast.byPerson")}</caption>
              {head(t("forecast.person"))}
              <tbody>
                {[...byPerson]
                  .sort(([, a], [, b]) => b.weighted - a.weighted)
                  .slice(0, 10)
                  .map(([owner, sum]) => (
                    <tr key={owner}>
                      <th scope="row">
                        <Person id={owner} />
                      </th>
                      {cells(sum)}
                    </tr>
                  ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </section>
  );
}
