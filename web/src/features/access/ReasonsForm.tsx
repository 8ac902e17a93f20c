// Which business reasons count, what templates look at, and whether a look without one needs a purpose.

import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, InputNumber, Select, Skeleton, Switch, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { paths } from "@/api/schema";
import { useLabel } from "@/i18n";
import * as terms from "@/i18n/terms";
import { useTerms } from "@/i18n/terms";
import { useObjects } from "@/shared/directory";
import { DeleteIcon, PlusIcon } from "@/shared/icons";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { useSave } from "../settings/useSave";

type Rules = paths["/api/v1/admin/reasons"]["put"]["requestBody"]["content"]["application/json"];

const REASONS = Object.keys(terms.en.reason).filter((name) => name !== "none");
const LINKED = ["open_opportunity", "open_task", "follow_up"];

export function ReasonsForm() {
  const query = useQuery({
    queryKey: ["settings", "reasons"],
    queryFn: () => data(api.GET("/api/v1/admin/reasons")),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <RulesForm key={query.dataUpdatedAt} rules={query.data as Rules} />;
}

function RulesForm({ rules }: { rules: Rules }) {
  const { t } = useTranslation(["access", "common"]);
  const label = useLabel();
  const term = useTerms();
  const objects = useObjects().filter((object) => object.customer_field);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(["settings", "reasons"]);
  const [form] = Form.useForm<Rules>();
  const submit = async (fields: Rules) => {
    const links = (fields.links ?? []).map(({ days, ...link }) => (days ? { ...link, days } : link));
    const body = { ...fields, links } as Rules;
    if (await save(() => api.PUT("/api/v1/admin/reasons", { body }))) unsaved.setDirty(false);
  };
  return (
    <section className="panel shares" aria-labelledby="reasons-rules">
      <h2 id="reasons-rules">{t("reasons.rules")}</h2>
      <Form<Rules>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={busy}
        initialValues={rules}
        onValuesChange={() => unsaved.setDirty(true)}
        onFinish={(fields) => void submit(fields)}
      >
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <Form.Item name="counted" label={t("reasons.counted")} extra={t("reasons.countedHelp")}>
          <Checkbox.Group options={REASONS.map((value) => ({ value, label: term("reason", value) }))} />
        </Form.Item>
        <fieldset className="reason-links">
          <legend>{t("reasons.links")}</legend>
          <p className="muted">{t("reasons.linksHelp")}</p>
          <Form.List name="links">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <div key={key} className="reason-link">
                    <Form.Item name={[name, "object"]} rules={[{ required: true, message: t("needAll") }]}>
                      <Select
                        aria-label={t("reasons.object")}
                        placeholder={t("reasons.object")}
                        options={objects.map((o) => ({ value: o.name, label: label(o.label) }))}
                      />
                    </Form.Item>
                    <Form.Item name={[name, "reason"]} rules={[{ required: true, message: t("needAll") }]}>
                      <Select
                        aria-label={t("reasons.reason")}
                        placeholder={t("reasons.reason")}
                        options={LINKED.map((value) => ({ value, label: term("reason", value) }))}
                      />
                    </Form.Item>
                    <Form.Item name={[name, "days"]}>
                      <InputNumber
                        aria-label={t("reasons.days")}
                        placeholder={t("reasons.always")}
                        suffix={t("reasons.daysUnit")}
                        min={1}
                        max={365}
                        precision={0}
                        style={{ width: "100%" }}
                      />
                    </Form.Item>
                    {form.getFieldValue(["links", name, "only"]) && <Tag>{t("reasons.only")}</Tag>}
                    {/* What passes is kept as it is: it is written through the API. */}
                    <Form.Item name={[name, "only"]} hidden>
                      <input type="hidden" />
                    </Form.Item>
                    <Button
                      type="text"
                      icon={<DeleteIcon />}
                      aria-label={t("reasons.remove")}
                      onClick={() => remove(name)}
                    />
                  </div>
                ))}
                <Button icon={<PlusIcon />} disabled={fields.length >= 20} onClick={() => add({})}>
                  {t("reasons.add")}
                </Button>
              </>
            )}
          </Form.List>
        </fieldset>
        <Form.Item
          name="weak_minutes"
          label={t("reasons.weak")}
          extra={t("reasons.weakHelp")}
          rules={[{ required: true, message: t("needAll") }]}
        >
          <InputNumber<number> min={0} max={1440} precision={0} suffix={t("reasons.minutes")} style={{ width: 200 }} />
        </Form.Item>
        <Form.Item
          name="ask_purpose"
          label={t("reasons.askPurpose")}
          valuePropName="checked"
          extra={t("reasons.askHelp")}
        >
          <Switch aria-label={t("reasons.askPurpose")} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("common:save")}
        </Button>
      </Form>
    </section>
  );
}
