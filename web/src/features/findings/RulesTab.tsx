// How long what may stay open, and what takes two people.

import { useQuery } from "@tanstack/react-query";
import { Button, Form, InputNumber, Select, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { useSave } from "@/features/settings/useSave";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { FINDINGS } from "./findings";
import { SEVERITIES } from "./search";

type Rules = components["schemas"]["FindingRulesForm"];
const DAYS = ["critical_days", "high_days", "medium_days", "low_days", "informational_days"] as const;

export function RulesTab() {
  const query = useQuery({
    queryKey: [...FINDINGS, "rules"],
    queryFn: () => data(api.GET("/api/v1/admin/findings")),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <RulesForm key={query.dataUpdatedAt} rules={query.data} />;
}

function RulesForm({ rules }: { rules: Rules }) {
  const { t } = useTranslation(["findings", "common"]);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(FINDINGS);
  const need = [{ required: true, message: t("need") }];
  const submit = async (body: Rules) => {
    if (await save(() => api.PUT("/api/v1/admin/findings", { body }))) unsaved.setDirty(false);
  };
  const days = (name: keyof Rules, label: string) => (
    <Form.Item key={name} name={name} label={label} rules={need}>
      <InputNumber min={1} max={3650} precision={0} style={{ width: "100%" }} />
    </Form.Item>
  );
  return (
    <Form<Rules>
      className="panel finding-rules"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={rules}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(fields) => void submit(fields)}
    >
      <p className="muted">{t("rules.text")}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <div className="form-grid">
        {DAYS.map((name, i) => days(name, t("rules.days", { severity: t(`severity.${SEVERITIES[i] ?? "low"}`) })))}
        {days("accept_days", t("rules.accept"))}
        <Form.Item name="second_from" label={t("rules.second")} extra={t("rules.secondHelp")}>
          <Select options={SEVERITIES.map((s) => ({ value: s, label: t(`severity.${s}`) }))} />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
