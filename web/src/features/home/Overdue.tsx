// Money that is due and not paid 逾期: of every object type whose records are due with an amount. One's own for who sells, the
// team's for who leads, all for finance: whatever the person may see.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Empty, Skeleton, Tag } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm, RecordView } from "@/api/types";
import { useAggregate } from "@/features/dashboards/useAggregate";
import { overdueFilter } from "@/features/records/list/overdue";
import { useLabel } from "@/i18n";
import { Person, RecordLink } from "@/shared/fields/FieldText";
import { formatNumber, today } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";

const LISTED = 6;

export function Overdue({ object }: { object: ObjectForm }) {
  const { t } = useTranslation(["dashboards", "home", "records"]);
  const label = useLabel();
  const { done } = object.process;
  const amount = done?.amount ?? "";
  const due = done?.due ?? "";
  const scale = object.fields.find((f) => f.name === amount)?.type.scale ?? 2;
  const filter = overdueFilter(object) ?? { all: [] };
  const sums = useAggregate(object.name, {
    by: [{ field: "owner" }],
    values: [{ field: amount, work: "sum" }],
    filter,
  });
  const fields = [object.title_field, object.customer_field, due, amount]
    .filter((f) => typeof f === "string")
    .join(",");
  const list = useQuery({
    queryKey: ["list", object.name, "overdue", today()],
    queryFn: () =>
      data(
        api.GET("/api/v1/records/{object}", {
          params: {
            path: { object: object.name },
            query: { filter: JSON.stringify(filter), sort: due, limit: LISTED, fields },
          },
        }),
      ),
  });
  const heading = `overdue-${object.name}`;
  const name = { object: label(object.label) };
  const money = (n: number) => formatNumber(n, scale, false);
  const people = [...(sums.data?.items ?? [])].sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  const count = people.reduce((sum, line) => sum + line.count, 0);
  const total = people.reduce((sum, line) => sum + (line.values[0] ?? 0), 0);
  const problem = sums.error ?? list.error;
  return (
    <section className="panel home-card" aria-labelledby={heading}>
      <div className="page-head">
        <h2 id={heading}>{t("overdue.title", name)}</h2>
        <div className="grow" />
        <Link to="/records/$object" params={{ object: object.name }} search={{ filter, sort: due }}>
          {t("home:all")}
        </Link>
      </div>
      {problem ? (
        <ProblemAlert
          problem={asProblem(problem)}
          onRetry={() => {
            void sums.refetch();
            void list.refetch();
          }}
        />
      ) : sums.isPending || list.isPending ? (
        <Skeleton active />
      ) : count === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("overdue.none", name)} />
      ) : (
        <>
          <p>
            <strong className="overdue-total">{t("overdue.total", { count, amount: money(total) })}</strong>
          </p>
          <ul className="home-list">
            {((list.data?.items ?? []) as RecordView[]).map((row) => {
              const title = object.title_field ? row.fields[object.title_field] : undefined;
              const customer = object.customer_field ? row.fields[object.customer_field] : undefined;
              const owed = row.fields[amount];
              return (
                <li key={row.id}>
                  <span className="home-task">
                    <Link to="/records/$object/$id" params={{ object: object.name, id: row.id }} search={{}}>
                      {typeof title === "string" && title !== "" ? title : t("records:untitled")}
                    </Link>
                    {typeof customer === "string" && <RecordLink object="customer" id={customer} />}
                  </span>
                  <span>
                    {typeof owed === "number" && money(owed)}{" "}
                    <Tag color="warning">
                      {t("overdue.days", { count: dayjs(today()).diff(dayjs(String(row.fields[due])), "day") })}
                    </Tag>
                  </span>
                </li>
              );
            })}
          </ul>
          {people.length > 1 && (
            <table className="forecast">
              <caption className="visually-hidden">{t("overdue.byPerson")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("overdue.byPerson")}</th>
                  <th scope="col">{t("count")}</th>
                  <th scope="col">{t("overdue.amount")}</th>
                </tr>
              </thead>
              <tbody>
                {people.slice(0, 8).map((line) => (
                  <tr key={line.keys[0] ?? ""}>
                    <th scope="row">
                      <Person id={line.keys[0]} />
                    </th>
                    <td>{formatNumber(line.count, 0, false)}</td>
                    <td>{money(line.values[0] ?? 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <p className="muted card-foot">
            {t("over", { what: t("overdue.amount"), count, object: label(object.label) })}
          </p>
        </>
      )}
    </section>
  );
}
