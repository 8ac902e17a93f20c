// What somebody did with records in their last days, in numbers. Whoever audits goes on from here to the log itself.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Empty, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useTerms } from "@/i18n/terms";
import { formatNumber } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { WordsTable } from "@/shared/WordsTable";
import { Days } from "../audit/charts";
import "../audit/audit.css";

const DAYS = [30, 90];

export function LookBack({ id }: { id: string }) {
  const { t } = useTranslation("handover");
  const term = useTerms();
  const mayAudit = useDuty("audit.read");
  const [days, setDays] = useState(30);
  const look = useQuery({
    queryKey: ["look-back", id, days],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => data(api.GET("/api/v1/admin/users/{id}/look-back", { params: { path: { id }, query: { days } } })),
  });
  const number = (n: number) => formatNumber(n, 0, false);
  return (
    <section className="panel" aria-labelledby="handover-look" aria-busy={look.isFetching}>
      <h2 id="handover-look">{t("look.title")}</h2>
      <p className="muted">
        {t("look.text")}{" "}
        {mayAudit && (
          <Link to="/audit/users/$id" params={{ id }} search={{}}>
            {t("look.audit")}
          </Link>
        )}
      </p>
      <Segmented
        aria-label={t("look.title")}
        value={days}
        onChange={setDays}
        options={DAYS.map((count) => ({ value: count, label: t("look.days", { count }) }))}
        style={{ marginBottom: 16 }}
      />
      {look.isPending ? (
        <Skeleton active paragraph={{ rows: 4 }} />
      ) : look.isError ? (
        <ProblemAlert problem={asProblem(look.error)} onRetry={() => void look.refetch()} />
      ) : look.data.rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("look.none")} />
      ) : (
        <>
          <dl className="handover-counts">
            {(["customers", "exports", "exported"] as const).map((key) => (
              <div key={key}>
                <dt>{t(`look.${key}`)}</dt>
                <dd>{number(look.data[key])}</dd>
              </div>
            ))}
          </dl>
          {look.data.days.length > 1 && (
            <Days
              name={t("look.chart")}
              rows={look.data.days.map((d) => ({ key: d.day, label: d.day, value: d.records }))}
            />
          )}
          <WordsTable
            label={t("look.chart")}
            size="small"
            rowKey="action"
            dataSource={look.data.rows}
            pagination={false}
            columns={[
              { title: t("look.action"), render: (_, r) => term("action", r.action) },
              { title: t("look.events"), align: "right", render: (_, r) => number(r.events) },
              { title: t("look.records"), align: "right", render: (_, r) => number(r.records) },
              { title: t("look.refused"), align: "right", render: (_, r) => number(r.refused) },
            ]}
          />
        </>
      )}
    </section>
  );
}
