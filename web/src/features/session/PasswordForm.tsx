// Present and new password: for a first password that must be changed, and for the account page.

import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { ProblemAlert } from "@/shared/ProblemView";

type Fields = { old: string; password: string; repeat: string };

export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("session");
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);

  const submit = async ({ old, password }: Fields) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.PUT("/api/v1/me/password", { body: { old_password: old, password } });
      form.resetFields();
      onDone();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(f) => void submit(f)} disabled={busy}>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item name="old" label={t("oldPassword")} rules={[{ required: true, message: t("needPassword") }]}>
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("newPassword")}
        extra={t("newPasswordHelp")}
        rules={[{ required: true, min: 10, message: t("newPasswordHelp") }]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t("repeatPassword")}
        dependencies={["password"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue("password") ? Promise.resolve() : Promise.reject(new Error(t("repeatWrong"))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("change")}
      </Button>
    </Form>
  );
}
