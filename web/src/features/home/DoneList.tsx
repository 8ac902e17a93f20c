// One's own open tasks that are due or overdue, of every object type whose records are done on a day; ticked off here.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Empty, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Condition, ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { CreateDrawer } from "@/features/records/edit/CreateDrawer";
import { useLabel } from "@/i18n";
import { RecordLink } from "@/shared/fields/FieldText";
import { today } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";

export function DoneList({ object }: { object: ObjectForm }) {
  const { t } = useTranslation(["process", "home", "records"]);
  const label = useLabel();
  const { me } = useMe();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [creating, setCreating] = useState(false);
  const { done, due } = object.process.done ?? { done: "", due: "" };
  const day = today();
  const filter: Condition = {
    all: [
      { test: { field: "owner", op: "eq", value: me.user.id } },
      { not: { test: { field: done, op: "eq", value: true } } },
      { test: { field: due, op: "le", value: day } },
    ],
  };
  const sort = due;
  const fields = [object.title_field, object.customer_field, due].filter((f) => typeof f === "string").join(",");
  const open = useQuery({
    queryKey: ["list", object.name, "open", me.user.id, day],
    queryFn: () =>
      data(
        api.GET("/api/v1/records/{object}", {
          params: { path: { object: object.name }, query: { filter: JSON.stringify(filter), sort, limit: 20, fields } },
        }),
      ),
  });
  const name = { object: label(object.label) };
  const title = (row: RecordView) => {
    const value = object.title_field ? row.fields[object.title_field] : undefined;
    return typeof value === "string" && value !== "" ? value : t("records:untitled");
  };
  const set = async (row: RecordView, value: boolean, version: number) => {
    try {
      const written = await data(
        api.PATCH("/api/v1/records/{object}/{id}", {
          params: { path: { object: object.name, id: row.id }, header: { "If-Match": `"${version}"` } },
          body: { fields: { [done]: value } },
        }),
      );
      if (value) {
        message.success({
          content: (
            <>
              {t("done.ticked", { title: title(row) })}{" "}
              <Button type="link" size="small" onClick={() => void set(row, false, written.version)}>
                {t("done.undo")}
              </Button>
            </>
          ),
          duration: 5,
        });
      }
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await queries.invalidateQueries({ queryKey: ["list", object.name] });
  };
  const create = object.actions.includes("create") && (
    <Button size="small" onClick={() => setCreating(true)}>
      {t("done.create", name)}
    </Button>
  );
  const heading = `open-${object.name}`;
  return (
    <section className="panel home-card" aria-labelledby={heading}>
      <div className="page-head">
        <h2 id={heading}>{t("done.title", name)}</h2>
        <div className="grow" />
        {open.isSuccess && open.data.items.length > 0 && create}
        <Link to="/records/$object" params={{ object: object.name }} search={{ filter, sort }}>
          {t("home:all")}
        </Link>
      </div>
      {open.isPending ? (
        <Skeleton active />
      ) : open.isError ? (
        <ProblemAlert problem={asProblem(open.error)} onRetry={() => void open.refetch()} />
      ) : open.data.items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("done.empty", name)}>
          {create}
        </Empty>
      ) : (
        <ul className="home-list">
          {(open.data.items as RecordView[]).map((row) => {
            const date = String(row.fields[due]);
            const customer = object.customer_field ? row.fields[object.customer_field] : undefined;
            return (
              <li key={row.id}>
                <span className="home-task">
                  <Checkbox
                    aria-label={t("done.tick", { title: title(row) })}
                    checked={false}
                    onChange={() => void set(row, true, row.version)}
                  />
                  <Link to="/records/$object/$id" params={{ object: object.name, id: row.id }} search={{}}>
                    {title(row)}
                  </Link>
                  {typeof customer === "string" && <RecordLink object="customer" id={customer} />}
                </span>
                <span>
                  {date}{" "}
                  <Tag color={date < day ? "warning" : "blue"}>{date < day ? t("done.overdue") : t("done.today")}</Tag>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {creating && <CreateDrawer object={object} values={{ [due]: day }} stay onClose={() => setCreating(false)} />}
    </section>
  );
}
