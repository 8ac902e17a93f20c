// What a scan for duplicates found: groups to merge, or to tell apart.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, Empty, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { GroupForm, ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { RecordLink } from "@/shared/fields/FieldText";
import { ProblemPage } from "@/shared/ProblemView";
import { Watermark } from "@/shared/Watermark";
import { MOST_MERGED } from "../duplicates/merge";
import "./jobs.css";

export function GroupsPage() {
  const { t } = useTranslation(["jobs", "records"]);
  const label = useLabel();
  const { object: name, id } = useParams({ from: "/duplicates/$object/$id" });
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === name);
  const query = useQuery({
    queryKey: ["groups", name, id],
    enabled: object !== undefined,
    staleTime: 0,
    queryFn: () =>
      data(api.GET("/api/v1/records/{object}/duplicates/scans/{id}", { params: { path: { object: name, id } } })),
  });
  if (object === undefined) return <Alert type="warning" title={t("records:list.noObject")} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <Watermark>
      <div className="page">
        <div className="page-head">
          <h1>{t("groups.title", { object: label(object.label) })}</h1>
          <div className="grow" />
          <Link to="/jobs">{t("groups.back")}</Link>
        </div>
        <p className="muted">{t("groups.text")}</p>
        {query.isPending ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <>
            {query.data.job.state === "running" && <Alert type="info" showIcon title={t("groups.soFar")} />}
            {query.data.groups.length === 0 && (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("groups.none")}>
                <Link to="/jobs">
                  <Button>{t("groups.back")}</Button>
                </Link>
              </Empty>
            )}
            {query.data.groups.map((group) => (
              <Group key={group.ids.join()} object={object} group={group} onChange={() => void query.refetch()} />
            ))}
          </>
        )}
      </div>
    </Watermark>
  );
}

function Group({ object, group, onChange }: { object: ObjectForm; group: GroupForm; onChange: () => void }) {
  const { t } = useTranslation(["jobs", "duplicates", "common"]);
  const label = useLabel();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [selected, setSelected] = useState<string[]>(group.ids.slice(0, MOST_MERGED));
  const [busy, setBusy] = useState(false);
  const may = object.actions.includes("merge");
  const fields = group.fields
    .map((name) => {
      const def = object.fields.find((f) => f.name === name);
      return def ? label(def.label) : name;
    })
    .join(t("common:listComma"));
  const apart = async () => {
    const [one, other] = selected;
    if (one === undefined || other === undefined) return;
    setBusy(true);
    try {
      await api.POST("/api/v1/records/{object}/duplicates/apart", {
        params: { path: { object: object.name } },
        body: { one, other },
      });
      void message.success(t("groups.apartDone"));
      await queries.invalidateQueries({ queryKey: ["groups"] });
      onChange();
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    } finally {
      setBusy(false);
    }
  };
  const several = group.ids.length > 1;
  return (
    <section className="panel job-group" aria-label={t("groups.same", { fields })}>
      <h2>{t("groups.same", { fields })}</h2>
      <ul>
        {group.ids.map((id) => (
          <li key={id}>
            {may && several && (
              <Checkbox
                aria-label={t("groups.choose")}
                checked={selected.includes(id)}
                onChange={(e) => setSelected(e.target.checked ? [...selected, id] : selected.filter((s) => s !== id))}
              />
            )}{" "}
            <RecordLink object={object.name} id={id} />
          </li>
        ))}
      </ul>
      {group.hidden.length > 0 && (
        <p>
          <span className="muted">{t("groups.hidden")}</span>{" "}
          {group.hidden.map((whose) => (
            <Tag key={whose}>{t(`duplicates:${whose as "pool" | "other" | "exists"}`)}</Tag>
          ))}
        </p>
      )}
      {may && several && (
        <Space>
          <Button
            type="primary"
            disabled={selected.length < 2 || selected.length > MOST_MERGED}
            title={t("groups.choose")}
            onClick={() => void navigate({ to: "/merge", search: { object: object.name, ids: selected } })}
          >
            {t("groups.merge")}
          </Button>
          <Button
            disabled={selected.length !== 2}
            loading={busy}
            title={t("groups.apartHelp")}
            onClick={() => void apart()}
          >
            {t("groups.apart")}
          </Button>
        </Space>
      )}
    </section>
  );
}
