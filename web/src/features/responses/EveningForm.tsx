// The evening note: whether, when and about how much people are asked what they opened.

import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, InputNumber, Select, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { useSave } from "@/features/settings/useSave";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";

type Fields = components["schemas"]["EveningNoteForm"];
const EVENING = ["evening-note"];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function EveningForm() {
  const query = useQuery({ queryKey: EVENING, queryFn: () => data(api.GET("/api/v1/admin/evening-note")) });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <EveningFields key={query.dataUpdatedAt} rules={query.data} />;
}

function EveningFields({ rules }: { rules: Fields }) {
  const { t } = useTranslation(["responses", "common"]);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(EVENING);
  const need = [{ required: true, message: t("need") }];
  const submit = async (body: Fields) => {
    if (await save(() => api.PUT("/api/v1/admin/evening-note", { body }))) unsaved.setDirty(false);
  };
  return (
    <Form<Fields>
      className="panel responses-evening"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={rules}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(f) => void submit(f)}
    >
      <p className="muted responses-note">{t("evening.text")}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item name="on" valuePropName="checked">
        <Checkbox>{t("evening.on")}</Checkbox>
      </Form.Item>
      <div className="form-grid">
        <Form.Item name="hour" label={t("evening.hour")} extra={t("evening.hourHelp")}>
          <Select options={HOURS.map((value) => ({ value, label: `${String(value).padStart(2, "0")}:00` }))} />
        </Form.Item>
        <Form.Item name="customers" label={t("evening.customers")} extra={t("evening.customersHelp")} rules={need}>
          <InputNumber min={1} max={1000} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="answer_days" label={t("evening.days")} extra={t("evening.daysHelp")} rules={need}>
          <InputNumber min={1} max={30} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      <Form.Item name="lists" valuePropName="checked" extra={t("evening.listsHelp")}>
        <Checkbox>{t("evening.lists")}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
