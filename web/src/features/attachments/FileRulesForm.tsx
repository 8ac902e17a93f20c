// What the company rules about files of records: how large, how many, and which are not taken.

import { useQuery } from "@tanstack/react-query";
import { Button, Form, InputNumber, Select, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { FileRules } from "@/api/types";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { useSave } from "../settings/useSave";

const ENDING = /^[\p{Ll}\p{Lo}\p{Nd}]{1,10}$/u;

export function FileRulesForm() {
  const query = useQuery({
    queryKey: ["settings", "files"],
    queryFn: () => data(api.GET("/api/v1/admin/file-rules")),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <RulesForm key={JSON.stringify(query.data)} rules={query.data} />;
}

function RulesForm({ rules }: { rules: FileRules }) {
  const { t } = useTranslation(["attachments", "settings", "common"]);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(["settings", "files"]);
  const submit = async (body: FileRules) => {
    if (await save(() => api.PUT("/api/v1/admin/file-rules", { body }))) unsaved.setDirty(false);
  };
  const need = { required: true, message: t("settings:need") };
  const wide = { width: "100%" };
  return (
    <Form<FileRules>
      className="panel start-panel"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={rules}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(body) => void submit(body)}
    >
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <p className="muted">{t("rules.text")}</p>
      <div className="form-grid">
        <Form.Item name="most_mb" label={t("rules.mostMb")} rules={[need]}>
          <InputNumber<number> min={1} max={100} precision={0} style={wide} />
        </Form.Item>
        <Form.Item name="per_record" label={t("rules.perRecord")} rules={[need]}>
          <InputNumber<number> min={1} max={200} precision={0} style={wide} />
        </Form.Item>
        <Form.Item name="total_mb" label={t("rules.totalMb")} extra={t("rules.totalHelp")} rules={[need]}>
          <InputNumber<number> min={1} max={10_000_000} precision={0} style={wide} />
        </Form.Item>
      </div>
      <Form.Item
        name="refused"
        label={t("rules.refused")}
        extra={t("rules.refusedHelp")}
        getValueFromEvent={(typed: string[]) => [
          ...new Set(typed.map((e) => e.trim().replace(/^\./, "").toLowerCase())),
        ]}
        rules={[
          {
            validator: (_, typed: string[]) =>
              typed.every((e) => ENDING.test(e))
                ? Promise.resolve()
                : Promise.reject(new Error(t("rules.refusedWrong"))),
          },
        ]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " ", "，", "、"]} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
