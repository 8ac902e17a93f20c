// One's own records that go back to a pool soon unless somebody works on them.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";

export function ReturningList({ object }: { object: ObjectForm }) {
  const { t } = useTranslation(["process", "records"]);
  const label = useLabel();
  const name = { object: label(object.label) };
  const soon = useQuery({
    queryKey: ["returning", object.name],
    queryFn: () => data(api.GET("/api/v1/records/{object}/returning", { params: { path: { object: object.name } } })),
  });
  const heading = `returning-${object.name}`;
  // Nothing to fear is nothing to read.
  if (soon.isSuccess && soon.data.items.length === 0) return null;
  return (
    <section className="panel home-card" aria-labelledby={heading}>
      <h2 id={heading}>{t("returning.title", name)}</h2>
      {soon.isPending ? (
        <Skeleton active paragraph={{ rows: 1 }} />
      ) : soon.isError ? (
        <ProblemAlert problem={asProblem(soon.error)} onRetry={() => void soon.refetch()} />
      ) : (
        <ul className="home-list">
          {soon.data.items.map(({ record, returns_at }) => {
            const title = object.title_field
              ? (record.fields as Record<string, unknown>)[object.title_field]
              : undefined;
            return (
              <li key={record.id}>
                <Link to="/records/$object/$id" params={{ object: object.name, id: record.id }} search={{}}>
                  {typeof title === "string" ? title : t("records:untitled")}
                </Link>
                <span>{t("returning.at", { date: formatTime(returns_at) })}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
