// One flow: for what, and whose word it asks for, step by step.

import { Button, Drawer, Form, InputNumber, Radio, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { openFields, useObjects } from "@/shared/directory";
import { ConditionField } from "@/shared/filter/ConditionField";
import { NamedFields } from "@/shared/NamedFields";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { type Flow, fieldsOf, type StepFields, stepOf } from "./approvers";
import { FlowPreview } from "./FlowPreview";
import { useApprovers } from "./useApprovers";

type Fields = {
  name: string;
  zh: string;
  en: string;
  subject: string;
  object: string | null;
  above: number | null;
  when: Condition | null;
  steps: StepFields[];
};
const NEW: StepFields = { approvers: ["manager:1"], mode: "any", hours: 24 };

export function FlowForm({
  flow,
  onClose,
  onSave,
}: {
  flow: Flow | undefined;
  onClose: () => void;
  onSave: (flow: Flow) => Promise<void>;
}) {
  const { t } = useTranslation(["requests", "common"]);
  const label = useLabel();
  const objects = useObjects();
  const approvers = useApprovers();
  const unsaved = useUnsaved();
  const [form] = Form.useForm<Fields>();
  const subject = Form.useWatch("subject", form) ?? flow?.subject ?? "export";
  const object = Form.useWatch("object", form) ?? flow?.object ?? undefined;
  const steps = Form.useWatch("steps", form);
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const start: Fields = {
    name: flow?.name ?? "",
    zh: flow?.label.zh ?? "",
    en: flow?.label.en ?? "",
    subject: flow?.subject ?? "export",
    object: flow?.object ?? null,
    above: flow?.above_rows ?? null,
    when: (flow?.when as Condition | null | undefined) ?? null,
    steps: flow ? flow.steps.map(fieldsOf) : [NEW],
  };
  const submit = async (f: Fields) => {
    setBusy(true);
    setProblem(undefined);
    try {
      unsaved.release(true);
      await onSave({
        name: f.name,
        label: { zh: f.zh, en: f.en },
        subject: f.subject,
        object: f.object ?? null,
        above_rows: f.subject === "export" ? (f.above ?? null) : null,
        when: f.subject === "record" ? ((f.when ?? null) as never) : null,
        steps: f.steps.map(stepOf),
      });
    } catch (error) {
      unsaved.release(false);
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const required = { required: true, message: t("flows.need") };
  const close = () => void unsaved.close(onClose);
  // An export is about no one record.
  const options = approvers.options.filter((o) => subject !== "export" || !o.value.startsWith("owner"));
  return (
    <Drawer
      open
      onClose={close}
      title={flow ? label(flow.label) : t("flows.add")}
      size="min(680px, 100vw)"
      destroyOnHidden
      maskClosable={false}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={start}
        disabled={busy}
        requiredMark={false}
        scrollToFirstError
        onValuesChange={() => unsaved.setDirty(true)}
        onFinish={(f) => void submit(f)}
      >
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <div className="form-grid">
          <NamedFields kept={flow !== undefined} />
          <Form.Item name="subject" label={t("flows.subject")} rules={[required]}>
            <Select
              options={(["access", "export", "record"] as const).map((s) => ({
                value: s,
                label: t(`flows.subjects.${s}`),
              }))}
            />
          </Form.Item>
          <Form.Item
            name="object"
            label={t("flows.object")}
            rules={subject === "record" ? [{ required: true, message: t("flows.objectNeeded") }] : []}
          >
            <Select
              allowClear
              placeholder={t("flows.any")}
              options={objects
                .filter((o) => subject !== "record" || o.process?.approval !== undefined)
                .map((o) => ({ value: o.name, label: label(o.label) }))}
              onChange={() => form.setFieldValue("when", null)}
            />
          </Form.Item>
          {subject === "export" && (
            <Form.Item name="above" label={t("flows.above")} extra={t("flows.aboveHelp")}>
              <InputNumber min={0} max={10_000_000} precision={0} style={{ width: "100%" }} />
            </Form.Item>
          )}
        </div>
        {subject === "record" && (
          <Form.Item name="when" label={t("flows.when")} extra={t("flows.whenHelp")}>
            <ConditionField
              key={object}
              fields={openFields(objects.find((o) => o.name === object))}
              title={t("flows.whenTitle")}
              none={t("flows.always")}
              disabled={!object}
            />
          </Form.Item>
        )}
        <Form.List name="steps">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }) => (
                <fieldset key={key} className="flow-step">
                  <legend>{t("flows.step", { n: name + 1 })}</legend>
                  <Form.Item name={[name, "approvers"]} label={t("flows.approvers")} rules={[required]}>
                    <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={options} />
                  </Form.Item>
                  <Form.Item name={[name, "mode"]} label={t("flows.mode")}>
                    <Radio.Group
                      options={[
                        { value: "any", label: t("flows.modes.any") },
                        { value: "all", label: t("flows.modes.all") },
                      ]}
                    />
                  </Form.Item>
                  <Form.Item name={[name, "hours"]} label={t("flows.hours")} extra={t("flows.hoursHelp")}>
                    <InputNumber min={1} max={2160} precision={0} placeholder={t("flows.noLimit")} />
                  </Form.Item>
                  {rows.length > 1 && (
                    <Button size="small" danger onClick={() => remove(name)}>
                      {t("flows.removeStep", { n: name + 1 })}
                    </Button>
                  )}
                </fieldset>
              ))}
              <Button onClick={() => add(NEW)} disabled={rows.length >= 10}>
                {t("flows.addStep")}
              </Button>
            </>
          )}
        </Form.List>
        <Space className="form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t("flows.save")}
          </Button>
          <Button onClick={close}>{t("common:cancel")}</Button>
        </Space>
      </Form>
      <FlowPreview subject={subject} steps={(steps ?? start.steps).filter((s) => s?.approvers?.length > 0)} />
    </Drawer>
  );
}
