// Login and password, then the second factor where one is set up. Used by the sign-in page and by the expiry dialog.

import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { ProblemAlert } from "@/shared/ProblemView";

type Fields = { login: string; password: string; code?: string };

export type SignedIn = { user: string; mustChange: boolean };

export function SignInForm({ login, onDone }: { login?: string; onDone: (signedIn: SignedIn) => void }) {
  const { t } = useTranslation("session");
  const [form] = Form.useForm<Fields>();
  const [step, setStep] = useState<"password" | "code">("password");
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    const all = form.getFieldsValue(true) as Fields;
    setBusy(true);
    setProblem(undefined);
    try {
      const body = {
        login: all.login.trim(),
        password: all.password,
        ...(step === "code" ? { code: all.code ?? "" } : {}),
      };
      const session = await data(api.POST("/api/v1/session", { body }));
      onDone({ user: session.user, mustChange: session.must_change });
    } catch (error) {
      const failed = asProblem(error);
      if (failed.code === "code_needed" && step === "password") {
        setStep("code");
      } else {
        setProblem(failed);
        if (failed.code === "wrong_code") form.resetFields(["code"]);
        if (failed.code === "wrong_credentials") setStep("password");
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ login: login ?? "" }}
      onFinish={() => void submit()}
      disabled={busy}
    >
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item
        name="login"
        label={t("login")}
        rules={[{ required: true, message: t("needLogin") }]}
        hidden={step === "code"}
      >
        <Input autoComplete="username" autoFocus={login === undefined} readOnly={login !== undefined} maxLength={64} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("password")}
        rules={[{ required: true, message: t("needPassword") }]}
        hidden={step === "code"}
      >
        <Input.Password autoComplete="current-password" autoFocus={login !== undefined} maxLength={256} />
      </Form.Item>
      {step === "code" && (
        <Form.Item
          name="code"
          label={t("code")}
          extra={t("codeHelp")}
          rules={[{ required: true, pattern: /^\d{6}$/, message: t("needCode") }]}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} autoFocus className="code-input" />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={busy} size="large">
        {step === "code" ? t("verify") : t("signIn")}
      </Button>
      {step === "code" && (
        <Button
          type="link"
          block
          onClick={() => {
            setStep("password");
            setProblem(undefined);
            form.resetFields();
          }}
        >
          {t("otherAccount")}
        </Button>
      )}
    </Form>
  );
}
