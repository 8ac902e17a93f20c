// Flows of approval, in their order.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Popconfirm, Skeleton, Space, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { useObjectWords } from "@/shared/directory";
import { told } from "@/shared/filter/told";
import { UpIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import type { Approver, Flow } from "./approvers";
import { FlowForm } from "./FlowForm";
import { useApprovers } from "./useApprovers";
import "./requests.css";

const KEY = ["admin", "flows"];

export function FlowsPage() {
  const { t } = useTranslation("requests");
  const label = useLabel();
  const words = useObjectWords();
  const approvers = useApprovers();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Flow | "new">();
  const flows = useQuery({ queryKey: KEY, queryFn: () => data(api.GET("/api/v1/admin/flows")) });
  if (flows.isPending) {
    return (
      <div className="page" role="status" aria-label={t("flows.title")}>
        <Skeleton active />
      </div>
    );
  }
  if (flows.isError) return <ProblemPage problem={asProblem(flows.error)} onRetry={() => void flows.refetch()} />;
  const all = flows.data.items;
  const put = async (next: Flow[]) => {
    await api.PUT("/api/v1/admin/flows", { body: { flows: next } });
    void message.success(t("flows.saved"));
    await queries.invalidateQueries({ queryKey: KEY });
  };
  const tried = async (next: Flow[]) => {
    try {
      await put(next);
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  const up = (flow: Flow) => {
    const at = all.indexOf(flow);
    const next = all.filter((f) => f !== flow);
    next.splice(at - 1, 0, flow);
    return tried(next);
  };
  const subjects = ["access", "export", "record"] as const;
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {t("flows.add")}
    </Button>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("flows.title")}</h1>
        <div className="grow" />
        {all.length > 0 && add}
      </div>
      <p className="muted requests-note">{t("flows.text")}</p>
      {all.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("flows.none")}>
          {add}
        </Empty>
      ) : (
        <Table<Flow>
          className="panel"
          rowKey="name"
          dataSource={all}
          pagination={false}
          scroll={{ x: 900 }}
          columns={[
            {
              title: t("flows.title"),
              render: (_, f) => (
                <Button type="link" className="flow-open" onClick={() => setEditing(f)}>
                  {label(f.label)}
                </Button>
              ),
            },
            {
              title: t("flows.subject"),
              render: (_, f) => {
                const subject = subjects.find((s) => s === f.subject);
                const rows = f.above_rows ? ` > ${f.above_rows}` : "";
                return `${subject ? t(`flows.subjects.${subject}`) : f.subject}${rows}`;
              },
            },
            {
              title: t("flows.object"),
              render: (_, f) => {
                if (!f.object) return t("flows.any");
                const object = f.object;
                const when = f.when as Condition | null | undefined;
                return (
                  <>
                    {words.object(object)}
                    {when && <div className="muted">{told(when, (name) => words.field(object, name))}</div>}
                  </>
                );
              },
            },
            {
              title: t("flows.steps"),
              render: (_, f) => (
                <ol className="flow-steps">
                  {f.steps.map((step, n) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
                    <li key={n}>
                      {(step.approvers as Approver[]).map(approvers.name).join("、")}
                      {step.approvers.length > 1 &&
                        ` · ${t(step.mode === "all" ? "flows.modes.all" : "flows.modes.any")}`}
                      {step.hours ? ` · ${step.hours} h` : ""}
                    </li>
                  ))}
                </ol>
              ),
            },
            {
              title: "",
              render: (_, f, n) => (
                <Space>
                  {n > 0 && (
                    <Button
                      size="small"
                      icon={<UpIcon />}
                      aria-label={t("flows.up", { name: label(f.label) })}
                      onClick={() => void up(f)}
                    />
                  )}
                  <Popconfirm
                    title={t("flows.confirmRemove", { name: label(f.label) })}
                    okText={t("flows.remove")}
                    onConfirm={() => void tried(all.filter((o) => o !== f))}
                  >
                    <Button size="small" danger>
                      {t("flows.remove")}
                    </Button>
                  </Popconfirm>
                </Space>
              ),
            },
          ]}
        />
      )}
      {editing && (
        <FlowForm
          flow={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSave={async (flow) => {
            await put(editing === "new" ? [...all, flow] : all.map((f) => (f.name === flow.name ? flow : f)));
            setEditing(undefined);
          }}
        />
      )}
    </div>
  );
}
