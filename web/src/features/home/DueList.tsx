// Records of one's own whose date has come: of the first object type with a "next" date. Ships for follow-ups.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Empty, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Condition } from "@/api/types";
import { useMe } from "@/app/session";
import { RecordLink } from "@/shared/fields/FieldText";
import { today } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";

const OBJECT = "follow_up";
const FIELD = "next_on";

export function DueList() {
  const { t } = useTranslation(["home", "records"]);
  const { me, workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === OBJECT);
  const possible = object?.fields.some((f) => f.name === FIELD && f.filterable) ?? false;
  const day = today();
  const filter: Condition = {
    all: [{ test: { field: "owner", op: "eq", value: me.user.id } }, { test: { field: FIELD, op: "le", value: day } }],
  };
  const fields = [object?.title_field, object?.customer_field, FIELD].filter((f) => typeof f === "string").join(",");
  const due = useQuery({
    queryKey: ["list", OBJECT, "due", me.user.id, day],
    enabled: possible,
    queryFn: () =>
      data(
        api.GET("/api/v1/records/{object}", {
          params: {
            path: { object: OBJECT },
            query: { filter: JSON.stringify(filter), sort: `-${FIELD}`, limit: 10, fields },
          },
        }),
      ),
  });
  if (object === undefined || !possible) return null;
  return (
    <section className="panel home-card" aria-labelledby="due">
      <div className="page-head">
        <h2 id="due">{t("due")}</h2>
        <div className="grow" />
        <Link to="/records/$object" params={{ object: OBJECT }} search={{ filter, sort: `-${FIELD}` }}>
          {t("all")}
        </Link>
      </div>
      {due.isPending ? (
        <Skeleton active />
      ) : due.isError ? (
        <ProblemAlert problem={asProblem(due.error)} onRetry={() => void due.refetch()} />
      ) : due.data.items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("dueEmpty")} />
      ) : (
        <ul className="home-list">
          {due.data.items.map((row) => {
            const title = object.title_field ? row.fields[object.title_field] : undefined;
            const date = String(row.fields[FIELD]);
            const customer = object.customer_field ? row.fields[object.customer_field] : undefined;
            return (
              <li key={row.id}>
                <span>
                  <Link to="/records/$object/$id" params={{ object: OBJECT, id: row.id }} search={{}}>
                    {typeof title === "string" ? title : t("records:untitled")}
                  </Link>{" "}
                  {typeof customer === "string" && <RecordLink object="customer" id={customer} />}
                </span>
                <span>
                  {date} <Tag color={date < day ? "warning" : "blue"}>{date < day ? t("overdue") : t("today")}</Tag>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
