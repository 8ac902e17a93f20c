// Public pools with their members and rules, for the system administrator.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Popconfirm, Result, Skeleton, Space, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Pool } from "@/api/types";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { useObjectWords, useRoleName } from "@/shared/directory";
import { useColleagues, useDepartmentName } from "@/shared/fields/people";
import { ProblemPage } from "@/shared/ProblemView";
import { PoolForm } from "./PoolForm";
import "./process.css";

export function PoolRulesPage() {
  const { t } = useTranslation(["process", "records"]);
  const may = useDuty("setting.manage");
  const label = useLabel();
  const words = useObjectWords();
  const role = useRoleName();
  const department = useDepartmentName();
  const { name: person } = useColleagues();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Pool | "new">();
  const pools = useQuery({
    queryKey: ["admin", "pools"],
    enabled: may,
    queryFn: () => data(api.GET("/api/v1/admin/pools")),
  });
  if (!may) return <Result status="warning" title={t("records:list.noObject")} />;
  if (pools.isPending) {
    return (
      <div className="page" role="status" aria-label={t("rules.title")}>
        <Skeleton active />
      </div>
    );
  }
  if (pools.isError) return <ProblemPage problem={asProblem(pools.error)} onRetry={() => void pools.refetch()} />;
  const all = pools.data.items;
  const same = (a: Pool, b: Pool) => a.name === b.name && a.object === b.object;
  const put = async (next: Pool[]) => {
    await api.PUT("/api/v1/admin/pools", { body: { pools: next } });
    void message.success(t("rules.saved"));
    await queries.invalidateQueries({ queryKey: ["admin", "pools"] });
  };
  const remove = async (pool: Pool) => {
    try {
      await put(all.filter((p) => !same(p, pool)));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  const run = async () => {
    try {
      const done = await data(api.POST("/api/v1/admin/pools/recycle"));
      void message.success(t("rules.ran", { count: done.returned }));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  const limit = (n: number | null | undefined) => (typeof n === "number" ? n : t("rules.empty"));
  const members = (pool: Pool) =>
    (pool.members ?? [])
      .map((m) => {
        const { kind, id } = m as { kind: string; id: string };
        if (kind === "role") return role(id);
        return (kind === "department" ? department(id) : person(id)) ?? t("records:formerColleague");
      })
      .join(", ");
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {t("rules.add")}
    </Button>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("rules.title")}</h1>
        <div className="grow" />
        {all.length > 0 && (
          <Space wrap>
            <Button onClick={() => void run()}>{t("rules.run")}</Button>
            {add}
          </Space>
        )}
      </div>
      <p className="muted">{t("rules.text")}</p>
      {all.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("rules.none")}>
          {add}
        </Empty>
      ) : (
        <Table<Pool>
          className="panel"
          rowKey={(p) => `${p.object}.${p.name}`}
          dataSource={all}
          pagination={false}
          scroll={{ x: "max-content" }}
          columns={[
            {
              title: t("rules.pool"),
              render: (_, p) => (
                <Button type="link" className="pool-open" onClick={() => setEditing(p)}>
                  {label(p.label)}
                </Button>
              ),
            },
            { title: t("rules.object"), render: (_, p) => words.object(p.object) },
            {
              title: t("rules.columns.members"),
              render: (_, p) => (
                <>
                  {members(p) || "—"} {p.members_only && <Tag>{t("rules.membersOnly")}</Tag>}
                </>
              ),
            },
            { title: t("rules.columns.daily"), render: (_, p) => limit(p.daily_claims) },
            { title: t("rules.columns.holding"), render: (_, p) => limit(p.holding) },
            { title: t("rules.columns.recycle"), render: (_, p) => p.recycle?.days ?? "—" },
            {
              title: "",
              render: (_, p) => (
                <Popconfirm
                  title={t("rules.confirmRemove", { name: label(p.label) })}
                  description={t("rules.removeHelp")}
                  okText={t("rules.remove")}
                  onConfirm={() => void remove(p)}
                >
                  <Button size="small" danger>
                    {t("rules.remove")}
                  </Button>
                </Popconfirm>
              ),
            },
          ]}
        />
      )}
      {editing && (
        <PoolForm
          pool={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSave={async (pool) => {
            await put(editing === "new" ? [...all, pool] : all.map((p) => (same(p, pool) ? pool : p)));
            setEditing(undefined);
          }}
        />
      )}
    </div>
  );
}
