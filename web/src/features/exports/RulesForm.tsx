// What the company rules about exports: rows of a day, when an approval is asked for, how long files last.

import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, InputNumber, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ExportRules } from "@/api/types";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { useSave } from "../settings/useSave";

type Fields = {
  limited: boolean;
  perDay?: number;
  approved: boolean;
  above?: number;
  sensitive: boolean;
  lasts: number;
  downloads: number;
};

export function ExportRulesForm() {
  const query = useQuery({
    queryKey: ["settings", "exports"],
    queryFn: () => data(api.GET("/api/v1/admin/export-rules")),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <RulesForm key={JSON.stringify(query.data)} rules={query.data} />;
}

function RulesForm({ rules }: { rules: ExportRules }) {
  const { t } = useTranslation(["exports", "settings", "common"]);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(["settings", "exports"]);
  const [form] = Form.useForm<Fields>();
  const limited = Form.useWatch("limited", form) ?? rules.rows_per_day !== null;
  const approved = Form.useWatch("approved", form) ?? rules.approve_above !== null;
  const submit = async (f: Fields) => {
    const body: ExportRules = {
      rows_per_day: f.limited ? (f.perDay ?? null) : null,
      approve_above: f.approved ? (f.above ?? null) : null,
      approve_sensitive: f.sensitive,
      lasts_hours: f.lasts,
      downloads: f.downloads,
    };
    if (await save(() => api.PUT("/api/v1/admin/export-rules", { body }))) unsaved.setDirty(false);
  };
  const need = { required: true, message: t("settings:need") };
  const wide = { width: "100%" };
  return (
    <Form<Fields>
      form={form}
      className="panel start-panel"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{
        limited: rules.rows_per_day !== null,
        perDay: rules.rows_per_day ?? 5000,
        approved: rules.approve_above !== null,
        above: rules.approve_above ?? 1000,
        sensitive: rules.approve_sensitive,
        lasts: rules.lasts_hours,
        downloads: rules.downloads,
      }}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(f) => void submit(f)}
    >
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item name="limited" valuePropName="checked" extra={t("rules.perDayHelp")}>
        <Checkbox>{t("rules.perDay")}</Checkbox>
      </Form.Item>
      {limited && (
        <Form.Item name="perDay" rules={[need]}>
          <InputNumber<number> aria-label={t("rules.perDay")} min={1} max={10_000_000} precision={0} style={wide} />
        </Form.Item>
      )}
      <Form.Item name="approved" valuePropName="checked" extra={t("rules.aboveHelp")}>
        <Checkbox>{t("rules.above")}</Checkbox>
      </Form.Item>
      {approved && (
        <Form.Item name="above" rules={[need]}>
          <InputNumber<number> aria-label={t("rules.above")} min={0} max={10_000_000} precision={0} style={wide} />
        </Form.Item>
      )}
      <Form.Item name="sensitive" valuePropName="checked">
        <Checkbox>{t("rules.sensitive")}</Checkbox>
      </Form.Item>
      <div className="form-grid">
        <Form.Item name="lasts" label={t("rules.lasts")} extra={t("rules.lastsHelp")} rules={[need]}>
          <InputNumber<number> min={1} max={168} precision={0} style={wide} />
        </Form.Item>
        <Form.Item name="downloads" label={t("rules.downloads")} extra={t("rules.downloadsHelp")} rules={[need]}>
          <InputNumber<number> min={1} max={100} precision={0} style={wide} />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
