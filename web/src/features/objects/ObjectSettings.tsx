import { App, Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLabel } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import type { Definition } from "./definition";
import { useChanged } from "./useDefinitions";

type Fields = { zh: string; en: string; title: string; pool: boolean };

/** What an object type is called, what stands for a record of it, and whether it has a pool. */
export function ObjectSettings({ object, may }: { object: Definition; may: boolean }) {
  const { t } = useTranslation(["objects", "common"]);
  const label = useLabel();
  const { message } = App.useApp();
  const changed = useChanged();
  const unsaved = useUnsaved();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const submit = async ({ zh, en, title, pool }: Fields) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { label: { zh: zh.trim(), en: en.trim() }, title_field: title, has_pool: pool };
      const params = { path: { object: object.name } };
      await data(api.PATCH("/api/v1/admin/objects/{object}", { params, body: body as never }));
      unsaved.release(true);
      await changed();
      void message.success(t("settingsSaved"));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const need = { required: true, whitespace: true, message: t("need") };
  return (
    <Form<Fields>
      className="panel start-panel"
      layout="vertical"
      requiredMark={false}
      disabled={!may || busy}
      initialValues={{ zh: object.label.zh, en: object.label.en, title: object.title_field, pool: object.has_pool }}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(f) => void submit(f)}
    >
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <div className="form-grid">
        <Form.Item name="zh" label={t("labelZh")} rules={[need]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="en" label={t("labelEn")} rules={[need]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="title" label={t("titleField")} extra={t("titleFieldHelp")}>
          <Select options={object.fields.map((f) => ({ value: f.name, label: label(f.label) }))} />
        </Form.Item>
      </div>
      <Form.Item name="pool" valuePropName="checked">
        <Checkbox>{t("create.pool")}</Checkbox>
      </Form.Item>
      {may && (
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("common:save")}
        </Button>
      )}
    </Form>
  );
}
