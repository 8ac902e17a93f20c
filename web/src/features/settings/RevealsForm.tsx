// How often one person may see masked fields in the clear.

import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, InputNumber, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { useSave } from "./useSave";

type Fields = { limited: boolean; perDay?: number };

export function RevealsForm() {
  const query = useQuery({
    queryKey: ["settings", "reveals"],
    queryFn: () => data(api.GET("/api/v1/admin/reveal-rules")),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 2 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <RulesForm key={String(query.data.per_day)} perDay={query.data.per_day} />;
}

function RulesForm({ perDay }: { perDay: number | null }) {
  const { t } = useTranslation(["settings", "common"]);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(["settings", "reveals"]);
  const [form] = Form.useForm<Fields>();
  const limited = Form.useWatch("limited", form) ?? perDay !== null;
  const submit = async (f: Fields) => {
    const body = { per_day: f.limited ? (f.perDay ?? null) : null };
    if (await save(() => api.PUT("/api/v1/admin/reveal-rules", { body }))) unsaved.setDirty(false);
  };
  return (
    <Form<Fields>
      form={form}
      className="panel start-panel"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{ limited: perDay !== null, perDay: perDay ?? 100 }}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(f) => void submit(f)}
    >
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item name="limited" valuePropName="checked" extra={t("reveals.perDayHelp")}>
        <Checkbox>{t("reveals.perDay")}</Checkbox>
      </Form.Item>
      {limited && (
        <Form.Item name="perDay" rules={[{ required: true, message: t("need") }]}>
          <InputNumber<number>
            aria-label={t("reveals.perDay")}
            min={1}
            max={100_000}
            precision={0}
            style={{ width: "100%" }}
          />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
