// How much happened: by day, by weekday and hour, by user, department and operation.

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Empty, Grid, Segmented, Select, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useTerms } from "@/i18n/terms";
import { formatNumber } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { Bars, Days, Heat } from "./charts";
import { BY, type By, type CountsSearch, type Measure } from "./countsSearch";
import { FeedFilters } from "./FeedFilters";
import { AskedNote } from "./parts";
import { feedQuery } from "./search";
import "./audit.css";

export function CountsPage() {
  const { t } = useTranslation("audit");
  const term = useTerms();
  const search: CountsSearch = useSearch({ from: "/audit/counts" });
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const { by = "day", measure = "events", ...filter } = search;
  const query = feedQuery(filter);
  const counts = useQuery({
    queryKey: ["audit", "counts", by, query],
    queryFn: ({ signal }) => data(api.GET("/api/v1/audit/counts", { signal, params: { query: { ...query, by } } })),
  });
  const change = (next: CountsSearch) => void navigate({ to: "/audit/counts", search: next, replace: true });
  const rows = (counts.data?.rows ?? []).map((row) => ({
    key: row.key,
    label: by === "operation" ? term("action", row.key) : row.label || t("counts.noDepartment"),
    value: measure === "events" ? row.events : row.touches,
  }));
  const open = (key: string) => {
    if (by === "user") void navigate({ to: "/audit/log", search: { ...filter, users: [key] } });
    else if (by === "department" && key) void navigate({ to: "/audit/log", search: { ...filter, departments: [key] } });
    else if (by === "operation") void navigate({ to: "/audit/log", search: { ...filter, actions: [key] } });
  };
  const name = t("counts.chart", { name: t(`counts.${by}`) });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("counts.title")}</h1>
        <AskedNote at={counts.dataUpdatedAt} />
      </div>
      <div className="feed-filters">
        {narrow ? (
          <Select<By>
            aria-label={t("counts.by")}
            value={by}
            onChange={(next) => change({ ...search, by: next })}
            options={BY.map((value) => ({ value, label: t(`counts.${value}`) }))}
            className="user-choice"
          />
        ) : (
          <Segmented<By>
            aria-label={t("counts.by")}
            value={by}
            onChange={(next) => change({ ...search, by: next })}
            options={BY.map((value) => ({ value, label: t(`counts.${value}`) }))}
          />
        )}
        <Segmented<Measure>
          aria-label={t("counts.measure")}
          value={measure}
          onChange={(next) => change({ ...search, measure: next })}
          options={[
            { value: "events", label: t("counts.events") },
            { value: "touches", label: t("counts.touches") },
          ]}
        />
      </div>
      <FeedFilters search={filter} onChange={(next) => change({ by, measure, ...next })} />
      <section className="panel chart-panel" aria-busy={counts.isFetching}>
        {counts.isPending ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : counts.isError ? (
          <ProblemPage problem={asProblem(counts.error)} onRetry={() => void counts.refetch()} />
        ) : rows.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("counts.none")} />
        ) : (
          <>
            <p>
              {t("counts.total", {
                events: formatNumber(counts.data.events, 0, false),
                touches: formatNumber(counts.data.touches, 0, false),
                zone: counts.data.zone,
              })}
            </p>
            {by === "day" && <Days name={name} rows={rows} />}
            {by === "week_hour" && <Heat name={name} rows={rows} />}
            {(by === "user" || by === "department" || by === "operation") && (
              <Bars name={name} rows={rows} onOpen={open} openLabel={t("counts.show")} />
            )}
            {by !== "week_hour" && (
              <details className="chart-table">
                <summary>{t("counts.table")}</summary>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t(`counts.${by}`)}</th>
                      <th scope="col" className="num">
                        {t(`counts.${measure}`)}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.key}>
                        <th scope="row">{row.label}</th>
                        <td className="num">{formatNumber(row.value, 0, false)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </details>
            )}
          </>
        )}
      </section>
    </div>
  );
}
