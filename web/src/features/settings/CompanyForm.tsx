import { Button, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Language } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import type { Settings } from "./SettingsPage";
import { useSave } from "./useSave";

type Fields = { company: string; language?: Language; idle: number; absolute: number };

export function CompanyForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation(["settings", "common"]);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(["settings"]);
  const submit = async ({ company, language, idle, absolute }: Fields) => {
    const session = { idle_minutes: idle, absolute_hours: absolute };
    const body = {
      ...(company.trim() === settings.company ? {} : { company: company.trim() }),
      ...(language === undefined || language === settings.language ? {} : { language }),
      ...(JSON.stringify(session) === JSON.stringify(settings.session) ? {} : { session }),
    };
    if (await save(() => api.PATCH("/api/v1/admin/settings", { body: body as never }))) unsaved.setDirty(false);
  };
  const need = { required: true, whitespace: true, message: t("need") };
  return (
    <Form<Fields>
      className="panel start-panel"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{
        company: settings.company,
        ...(settings.language ? { language: settings.language } : {}),
        idle: settings.session.idle_minutes,
        absolute: settings.session.absolute_hours,
      }}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(f) => void submit(f)}
    >
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item name="company" label={t("company")} extra={t("companyHelp")} rules={[need]}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="language" label={t("language")} extra={t("languageHelp")}>
        <Select
          placeholder={t("languageNone")}
          options={[
            { value: "zh-CN", label: <span lang="zh-CN">中文</span> },
            { value: "en", label: <span lang="en">English</span> },
          ]}
        />
      </Form.Item>
      <div className="form-grid">
        <Form.Item name="idle" label={t("idle")} extra={t("idleHelp")} rules={[{ required: true, message: t("need") }]}>
          <InputNumber<number> min={5} max={1440} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item
          name="absolute"
          label={t("absolute")}
          extra={t("absoluteHelp")}
          rules={[{ required: true, message: t("need") }]}
        >
          <InputNumber<number> min={1} max={168} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
