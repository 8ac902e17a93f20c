// The share of accesses that had a business reason, by month and department.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Empty, Skeleton, Statistic } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { formatNumber } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { AskedNote } from "../audit/parts";
import type { Period } from "../audit/search";

/** Rounded down, so that a hundred percent is all of them. */
const share = (part: number, of: number): string => (of === 0 ? "—" : `${Math.floor((part * 1000) / of) / 10} %`);

export function Shares({ period }: { period: Period }) {
  const { t } = useTranslation("access");
  const mayRead = useDuty("audit.read");
  const query = useQuery({
    queryKey: ["audit", "explained", period],
    queryFn: ({ signal }) => data(api.GET("/api/v1/audit/explained", { signal, params: { query: period } })),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { all, rows, zone } = query.data;
  const number = (n: number) => formatNumber(n, 0, false);
  return (
    <section className="panel shares" aria-labelledby="shares-title" aria-busy={query.isFetching}>
      <h2 id="shares-title">{t("reasons.shares")}</h2>
      {rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("reasons.none")} />
      ) : (
        <>
          <div className="shares-all">
            <Statistic title={t("reasons.ofAll")} value={share(all.explained, all.accesses)} />
            <Statistic title={t("reasons.ofFirst")} value={share(all.first_explained, all.first)} />
            <Statistic title={t("reasons.without")} value={number(all.accesses - all.explained)} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
          <div className="shares-table" tabIndex={0} role="region" aria-label={t("reasons.shares")}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("reasons.month")}</th>
                  <th scope="col">{t("reasons.department")}</th>
                  <th scope="col" className="num">
                    {t("reasons.accesses")}
                  </th>
                  <th scope="col" className="num">
                    {t("reasons.ofAll")}
                  </th>
                  <th scope="col" className="num">
                    {t("reasons.first")}
                  </th>
                  <th scope="col" className="num">
                    {t("reasons.ofFirst")}
                  </th>
                  <th scope="col" className="num">
                    {t("reasons.without")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={`${row.month} ${row.department}`}>
                    <td>{row.month}</td>
                    <th scope="row">{row.label || t("reasons.noDepartment")}</th>
                    <td className="num">{number(row.accesses)}</td>
                    <td className="num">{share(row.explained, row.accesses)}</td>
                    <td className="num">{number(row.first)}</td>
                    <td className="num">{share(row.first_explained, row.first)}</td>
                    <td className="num">
                      {mayRead && row.department && row.explained < row.accesses ? (
                        <Link to="/audit/log" search={{ ...period, explained: "no", departments: [row.department] }}>
                          {number(row.accesses - row.explained)}
                        </Link>
                      ) : (
                        number(row.accesses - row.explained)
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="muted">{t("reasons.help", { zone })}</p>
        </>
      )}
      <AskedNote at={query.dataUpdatedAt} />
    </section>
  );
}
