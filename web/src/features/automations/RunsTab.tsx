// What rules did lately: names and ids. What a system outside could not be told is tried once more.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Empty, Skeleton, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { RunItem } from "@/api/types";
import { useLabel } from "@/i18n";
import { useObjectWords, useUserName } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { sideways } from "@/shared/sideways";
import { RUNS, useRules, useRuns } from "./automations";

const COLOURS: Record<string, string> = { done: "success", delivered: "success", waiting: "processing", dead: "error" };

export function RunsTab() {
  const { t } = useTranslation("automations");
  const label = useLabel();
  const words = useObjectWords();
  const person = useUserName();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [dead, setDead] = useState(false);
  const rules = useRules();
  const runs = useRuns(dead);
  const retry = async (run: RunItem) => {
    try {
      await api.POST("/api/v1/admin/automations/runs/{id}/retry", { params: { path: { id: run.id } } });
      void message.success(t("runs.retried"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await queries.invalidateQueries({ queryKey: RUNS });
  };
  const named = (name: string) => {
    const rule = rules.data?.items.find((r) => r.name === name);
    return rule ? label(rule.label) : name;
  };
  const states = ["done", "waiting", "delivered", "dead"] as const;
  const errors = ["inside", "resolve", "connect", "tls", "timeout", "protocol", "off"] as const;
  const parts = ["set", "task", "webhook"] as const;
  const outcome = (run: RunItem) => {
    const state = states.find((s) => s === run.state);
    const error = errors.find((e) => e === run.error);
    return (
      <>
        <Tag color={COLOURS[run.state] ?? "default"}>{state ? t(`runs.state.${state}`) : run.state}</Tag>
        {run.attempts > 0 && (
          <span className="muted">
            {t("runs.attempts", { count: run.attempts })}
            {run.status ? ` · HTTP ${run.status}` : ""}
            {error ? ` · ${t(`runs.error.${error}`)}` : ""}
          </span>
        )}
        {run.skipped.length > 0 && (
          <div className="muted">
            {t("runs.skipped", {
              parts: parts
                .filter((p) => run.skipped.includes(p))
                .map((p) => t(`effect.${p}`))
                .join("、"),
            })}
          </div>
        )}
      </>
    );
  };
  return (
    <>
      <div className="automations-act">
        <Checkbox checked={dead} onChange={(e) => setDead(e.target.checked)}>
          {t("runs.dead")}
        </Checkbox>
        <Button onClick={() => void runs.refetch()}>{t("runs.refresh")}</Button>
      </div>
      {runs.isPending ? (
        <Skeleton active />
      ) : runs.isError ? (
        <ProblemPage problem={asProblem(runs.error)} onRetry={() => void runs.refetch()} />
      ) : (
        <Table<RunItem>
          className="panel"
          rowKey="id"
          dataSource={runs.data.items}
          pagination={runs.data.items.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          {...sideways(runs.data.items)}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("runs.none")} /> }}
          columns={[
            { title: t("runs.at"), render: (_, r) => formatTime(r.at) },
            { title: t("rule"), render: (_, r) => named(r.rule) },
            {
              title: t("runs.record"),
              render: (_, r) => (
                <>
                  {words.object(r.object)} <code className="automations-id">{r.record}</code>
                </>
              ),
            },
            { title: t("runs.by"), render: (_, r) => (r.by ? (person(r.by) ?? r.by) : t("runs.nobody")) },
            {
              title: t("runs.did"),
              render: (_, r) =>
                [
                  ...(r.set.length > 0 ? [r.set.map((f) => words.field(r.object, f)).join("、")] : []),
                  ...(r.tasks > 0 ? [t("runs.tasks", { count: r.tasks })] : []),
                  ...(r.told > 0 ? [t("runs.told", { count: r.told })] : []),
                  ...(r.webhook ? [r.webhook] : []),
                ].join(" · "),
            },
            { title: t("runs.outcome"), render: (_, r) => outcome(r) },
            {
              title: "",
              render: (_, r) =>
                r.state === "dead" && (
                  <Button size="small" onClick={() => void retry(r)}>
                    {t("runs.retry")}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </>
  );
}
