// Set up or give up the second factor. The secret is shown once, as a picture, as text and as a link; no code of it leaves this page.

import { Alert, Button, Form, Input, QRCode, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useMe, useSession } from "@/app/session";
import { ProblemAlert } from "@/shared/ProblemView";
import "./account.css";

type Step = { kind: "idle" } | { kind: "enrolling"; secret: string; url: string } | { kind: "already" };

export function TotpTab() {
  const { t } = useTranslation("account");
  const { me } = useMe();
  const { reload } = useSession();
  const [step, setStep] = useState<Step>(me.mfa ? { kind: "already" } : { kind: "idle" });
  const [problem, setProblem] = useState<ProblemError>();
  const [said, setSaid] = useState<string>();
  const [busy, setBusy] = useState(false);

  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    setSaid(undefined);
    try {
      await act();
    } catch (error) {
      const failed = asProblem(error);
      if (failed.code === "already_enrolled") setStep({ kind: "already" });
      else setProblem(failed);
    } finally {
      setBusy(false);
    }
  };
  const begin = () =>
    attempt(async () => {
      const made = await data(api.POST("/api/v1/me/totp"));
      setStep({ kind: "enrolling", ...made });
    });
  const confirm = ({ code }: { code: string }) =>
    attempt(async () => {
      await api.POST("/api/v1/me/totp/confirm", { body: { code } });
      setStep({ kind: "already" });
      setSaid(t("confirmed"));
      await reload();
    });
  const disable = ({ code }: { code: string }) =>
    attempt(async () => {
      await api.DELETE("/api/v1/me/totp", { body: { code } });
      setStep({ kind: "idle" });
      setSaid(t("disabled"));
      await reload();
    });

  return (
    <div style={{ maxWidth: 520 }}>
      <Typography.Paragraph>{t("totpText")}</Typography.Paragraph>
      {said && <Alert type="success" showIcon title={said} role="status" style={{ marginBottom: 16 }} />}
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      {step.kind === "idle" && (
        <Button type="primary" loading={busy} onClick={() => void begin()}>
          {t("begin")}
        </Button>
      )}
      {step.kind === "enrolling" && (
        <>
          <Typography.Paragraph>{t("scan")}</Typography.Paragraph>
          {/* Drawn here, from what this page was given: no picture is asked of anybody. Dark on white in both themes, for cameras. */}
          <QRCode
            type="svg"
            value={step.url}
            size={232}
            color="#000"
            bgColor="#fff"
            aria-label={t("scanAlt")}
            className="totp-code"
          />
          <Typography.Paragraph>{t("secret")}</Typography.Paragraph>
          <Typography.Paragraph copyable={{ text: step.secret }}>
            <code className="totp-secret">{step.secret}</code>
          </Typography.Paragraph>
          <Typography.Paragraph>
            <a href={step.url}>{t("open")}</a>
          </Typography.Paragraph>
          <CodeForm label={t("confirm")} busy={busy} onSubmit={confirm} />
        </>
      )}
      {step.kind === "already" && (
        <>
          <Typography.Paragraph>
            {me.mfa ? t("totpOn") : ""} {t("already")}
          </Typography.Paragraph>
          <CodeForm label={t("disable")} busy={busy} onSubmit={disable} danger />
        </>
      )}
    </div>
  );
}

function CodeForm({
  label,
  busy,
  danger = false,
  onSubmit,
}: {
  label: string;
  busy: boolean;
  danger?: boolean;
  onSubmit: (fields: { code: string }) => Promise<void>;
}) {
  const { t } = useTranslation("account");
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(f: { code: string }) => void onSubmit(f)}>
      <Form.Item name="code" label={t("code")} rules={[{ required: true, pattern: /^\d{6}$/, message: t("needCode") }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} style={{ width: 160 }} />
      </Form.Item>
      <Button htmlType="submit" type="primary" danger={danger} loading={busy}>
        {label}
      </Button>
    </Form>
  );
}
