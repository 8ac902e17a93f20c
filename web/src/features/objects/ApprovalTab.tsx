// Whether records of an object type are approved: what is approved, when, and before what.

import { Link } from "@tanstack/react-router";
import { App, Button, Form, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { ConditionField } from "@/shared/filter/ConditionField";
import type { FilterField } from "@/shared/filter/FilterBuilder";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { type Definition, isTestable } from "./definition";
import { useChanged } from "./useDefinitions";

type Fields = { on: boolean; guards: string[]; needed: Condition | null; field: string | null; values: string[] };

export function ApprovalTab({ object, may }: { object: Definition; may: boolean }) {
  const { t } = useTranslation(["requests", "common"]);
  const label = useLabel();
  const { message } = App.useApp();
  const changed = useChanged();
  const unsaved = useUnsaved();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const now = object.process?.approval;
  const on = Form.useWatch("on", form) ?? now !== undefined;
  const field = Form.useWatch("field", form) ?? now?.before?.field ?? null;
  const own = object.fields.filter((f) => !f.kept);
  const options = own.map((f) => ({ value: f.name, label: label(f.label) }));
  const open = own.filter(isTestable);
  const choices = open.filter((f) => f.type.kind === "choice");
  const chosen = choices.find((f) => f.name === field);
  const submit = async (f: Fields) => {
    setBusy(true);
    setProblem(undefined);
    const approval = f.on
      ? {
          guards: f.guards ?? [],
          needed: f.needed ?? null,
          before: f.field ? { field: f.field, values: f.values ?? [] } : null,
        }
      : null;
    try {
      const params = { path: { object: object.name } };
      await data(api.PATCH("/api/v1/admin/objects/{object}", { params, body: { approval } as never }));
      unsaved.release(true);
      await changed();
      void message.success(t("approval.saved"));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const start: Fields = {
    on: now !== undefined,
    guards: now?.guards ?? [],
    needed: now?.needed ?? null,
    field: now?.before?.field ?? null,
    values: now?.before?.values ?? [],
  };
  return (
    <Form<Fields>
      form={form}
      className="panel start-panel"
      layout="vertical"
      requiredMark={false}
      disabled={!may || busy}
      initialValues={start}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(f) => void submit(f)}
    >
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item name="on" label={t("approval.on")} valuePropName="checked" extra={t("approval.onHelp")}>
        <Switch />
      </Form.Item>
      {on && (
        <>
          <Form.Item name="needed" label={t("approval.needed")}>
            <ConditionField
              fields={open as unknown as FilterField[]}
              title={t("approval.needed")}
              none={t("approval.always")}
              disabled={!may}
            />
          </Form.Item>
          <Form.Item name="guards" label={t("approval.guards")} extra={t("approval.guardsHelp")}>
            <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={options} />
          </Form.Item>
          <div className="form-grid">
            <Form.Item name="field" label={t("approval.beforeField")} extra={t("approval.beforeFieldHelp")}>
              <Select
                allowClear
                placeholder={t("approval.nothing")}
                options={choices.map((f) => ({ value: f.name, label: label(f.label) }))}
                onChange={() => form.setFieldValue("values", [])}
              />
            </Form.Item>
            {chosen && (
              <Form.Item
                name="values"
                label={t("approval.beforeValues")}
                rules={[{ required: true, message: t("flows.need") }]}
              >
                <Select
                  mode="multiple"
                  options={(chosen.type.options ?? []).map((o) => ({ value: o.value, label: label(o.label) }))}
                />
              </Form.Item>
            )}
          </div>
          <p className="muted">
            {t("approval.rights")} <Link to="/requests/flows">{t("approval.toFlows")}</Link>
          </p>
        </>
      )}
      {may && (
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("common:save")}
        </Button>
      )}
    </Form>
  );
}
