// How long things are kept. Contents of records that go earlier are a change of the audit policy, which takes two people.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Checkbox, Form, InputNumber, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { useSave } from "./useSave";

type Rules = { audit_days: number | null; duty_days: number; least_audit_days: number };

export function RetentionForm() {
  const query = useQuery({
    queryKey: ["settings", "retention"],
    queryFn: () => data(api.GET("/api/v1/admin/retention")),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <RulesForm key={JSON.stringify(query.data)} rules={query.data} />;
}

function RulesForm({ rules }: { rules: Rules }) {
  const { t } = useTranslation(["settings", "auditPolicy", "common"]);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(["settings", "retention"]);
  const [audit, setAudit] = useState(rules.audit_days);
  const [duty, setDuty] = useState(rules.duty_days);
  const dirty = audit !== rules.audit_days || duty !== rules.duty_days;
  const { setDirty } = unsaved;
  useEffect(() => setDirty(dirty), [dirty, setDirty]);
  const short = audit !== null && audit < rules.least_audit_days;
  return (
    <div className="panel start-panel">
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Alert
        type="info"
        showIcon
        title={t("always")}
        description={
          <>
            {t("auditPolicy:four")} <Link to="/audit/policy">{t("auditPolicy:title")}</Link>
          </>
        }
        style={{ marginBottom: 16 }}
      />
      <Form layout="vertical" component="div" disabled={busy}>
        <Form.Item label={t("auditDays")} extra={t("auditDaysHelp", { days: rules.least_audit_days })}>
          <Checkbox checked={audit === null} onChange={(e) => setAudit(e.target.checked ? null : 365)}>
            {t("forGood")}
          </Checkbox>
          {audit !== null && (
            <InputNumber<number>
              aria-label={t("auditDays")}
              min={1}
              max={36_500}
              precision={0}
              value={audit}
              onChange={(n) => setAudit(n ?? rules.least_audit_days)}
              {...(short ? { status: "error" as const } : {})}
            />
          )}
        </Form.Item>
        <Form.Item label={t("dutyDays")} htmlFor="retention-duty" extra={t("dutyDaysHelp")}>
          <InputNumber<number>
            id="retention-duty"
            min={0}
            max={36_500}
            precision={0}
            value={duty}
            onChange={(n) => setDuty(n ?? 0)}
          />
        </Form.Item>
        <Button
          type="primary"
          loading={busy}
          disabled={!dirty || short}
          onClick={() =>
            void save(() => api.PUT("/api/v1/admin/retention", { body: { audit_days: audit, duty_days: duty } }))
          }
        >
          {t("common:save")}
        </Button>
      </Form>
    </div>
  );
}
