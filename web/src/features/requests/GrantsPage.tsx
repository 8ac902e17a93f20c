// What anybody has for a time: for those who look after permissions and those who audit them.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Empty, Popconfirm, Skeleton, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { GrantItem, RuleGrantItem } from "@/api/types";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { useObjectWords } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { sideways } from "@/shared/sideways";
import { useLeft } from "./requests";
import "./requests.css";

const KEY = ["access", "grants"];

function Left({ until }: { until: number }) {
  const { t } = useTranslation("requests");
  const left = useLeft(until);
  return <span title={formatTime(until)}>{left ?? t("grant.ended")}</span>;
}

export function GrantsPage() {
  const { t } = useTranslation("requests");
  const label = useLabel();
  const words = useObjectWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const mayEnd = useDuty("grant.revoke");
  const reads = useDuty("audit.read");
  const grants = useQuery({ queryKey: KEY, queryFn: () => data(api.GET("/api/v1/access/grants")) });
  if (grants.isPending) {
    return (
      <div className="page" role="status" aria-label={t("grants.title")}>
        <Skeleton active />
      </div>
    );
  }
  if (grants.isError) return <ProblemPage problem={asProblem(grants.error)} onRetry={() => void grants.refetch()} />;
  const revoke = async (grant: GrantItem) => {
    try {
      await api.DELETE("/api/v1/access/grants/{id}", { params: { path: { id: grant.id } } });
      void message.success(t("grants.revoked"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await queries.invalidateQueries({ queryKey: KEY });
  };
  const none = (text: string) => <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text} />;
  return (
    <div className="page">
      <h1>{t("grants.title")}</h1>
      <p className="muted requests-note">{t("grants.text")}</p>
      <h2>{t("grants.shares")}</h2>
      <Table<GrantItem>
        className="panel"
        rowKey="id"
        dataSource={grants.data.shares}
        pagination={false}
        {...sideways(grants.data.shares)}
        locale={{ emptyText: none(t("grants.empty")) }}
        columns={[
          { title: t("grants.who"), dataIndex: "user_name" },
          {
            title: t("grants.what"),
            render: (_, g) => (
              <>
                <Tag>{t(g.edit ? "grant.edit" : "grant.read")}</Tag>
                {g.emergency && <Tag color="error">{t("grants.emergency")}</Tag>}
                {g.emergency && !g.reviewed && <Tag color="warning">{t("grants.pending")}</Tag>}
              </>
            ),
          },
          {
            title: t("grants.record"),
            render: (_, g) => (
              <>
                {words.object(g.object)}{" "}
                {reads ? (
                  <Link to="/audit/seen/$id" params={{ id: g.record }}>
                    <code className="requests-id">{g.record}</code>
                  </Link>
                ) : (
                  <code className="requests-id">{g.record}</code>
                )}
              </>
            ),
          },
          { title: t("grants.from"), dataIndex: "given_by_name" },
          { title: t("grants.left"), render: (_, g) => <Left until={g.until} /> },
          ...(mayEnd
            ? [
                {
                  title: "",
                  render: (_: unknown, g: GrantItem) => (
                    <Popconfirm
                      title={t("grants.confirm", { who: g.user_name })}
                      okText={t("grants.revoke")}
                      onConfirm={() => void revoke(g)}
                    >
                      <Button size="small" danger>
                        {t("grants.revoke")}
                      </Button>
                    </Popconfirm>
                  ),
                },
              ]
            : []),
        ]}
      />
      <h2>{t("grants.rules")}</h2>
      <Table<RuleGrantItem>
        className="panel"
        rowKey="rule"
        dataSource={grants.data.rules}
        pagination={false}
        {...sideways(grants.data.rules)}
        locale={{ emptyText: none(t("grants.rulesEmpty")) }}
        columns={[
          { title: t("grants.who"), dataIndex: "user_name" },
          { title: t("grants.rule"), render: (_, r) => label(r.title) },
          { title: t("grants.left"), render: (_, r) => <Left until={r.until} /> },
        ]}
      />
    </div>
  );
}
