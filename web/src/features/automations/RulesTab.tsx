// The rules, in their order: on or off, changed, removed.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Popconfirm, Skeleton, Switch, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { useObjectWords } from "@/shared/directory";
import { told } from "@/shared/filter/told";
import { ProblemPage } from "@/shared/ProblemView";
import { RULES, useRules } from "./automations";
import { RuleForm } from "./RuleForm";
import type { Rule } from "./rule";
import { useRuleWords } from "./useRuleWords";

export function RulesTab() {
  const { t } = useTranslation("automations");
  const label = useLabel();
  const words = useObjectWords();
  const rule = useRuleWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Rule | "new">();
  const rules = useRules();
  if (rules.isPending) return <Skeleton active />;
  if (rules.isError) return <ProblemPage problem={asProblem(rules.error)} onRetry={() => void rules.refetch()} />;
  const all = rules.data.items;
  const put = async (next: Rule[]) => {
    await api.PUT("/api/v1/admin/automations", { body: { rules: next } });
    void message.success(t("saved"));
    await queries.invalidateQueries({ queryKey: RULES });
  };
  const tried = async (next: Rule[]) => {
    try {
      await put(next);
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {t("add")}
    </Button>
  );
  return (
    <>
      {all.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")}>
          {add}
        </Empty>
      ) : (
        <>
          <div className="automations-act">{add}</div>
          <Table<Rule>
            className="panel"
            rowKey="name"
            dataSource={all}
            pagination={false}
            scroll={{ x: "max-content" }}
            columns={[
              {
                title: t("rule"),
                render: (_, r) => (
                  <Button type="link" className="automations-open" onClick={() => setEditing(r)}>
                    {label(r.label)}
                  </Button>
                ),
              },
              { title: t("object"), render: (_, r) => words.object(r.object) },
              {
                title: t("when"),
                render: (_, r) => (
                  <div className="automations-cell">
                    {rule.when(r)}
                    {r.only && (
                      <div className="muted">
                        {told(r.only as unknown as Condition, (name) => words.field(r.object, name))}
                      </div>
                    )}
                  </div>
                ),
              },
              {
                title: t("does"),
                render: (_, r) => (
                  <ul className="automations-effects">
                    {rule.effects(r).map((text) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ul>
                ),
              },
              {
                title: t("on"),
                render: (_, r) => (
                  <Switch
                    checked={r.on ?? true}
                    aria-label={`${t("on")}: ${label(r.label)}`}
                    onChange={(on) => void tried(all.map((o) => (o === r ? { ...o, on } : o)))}
                  />
                ),
              },
              {
                title: "",
                render: (_, r) => (
                  <Popconfirm
                    title={t("confirmRemove", { name: label(r.label) })}
                    okText={t("remove")}
                    onConfirm={() => void tried(all.filter((o) => o !== r))}
                  >
                    <Button size="small" danger>
                      {t("remove")}
                    </Button>
                  </Popconfirm>
                ),
              },
            ]}
          />
        </>
      )}
      {editing && (
        <RuleForm
          rule={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSave={async (next) => {
            await put(editing === "new" ? [...all, next] : all.map((r) => (r.name === next.name ? next : r)));
            setEditing(undefined);
          }}
        />
      )}
    </>
  );
}
