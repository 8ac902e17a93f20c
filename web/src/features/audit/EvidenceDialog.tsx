// A file that proves what happened, to be checked without this server. Taking it is recorded, with its purpose.

import { Alert, App, Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import { useLanguage } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import { saveFile } from "@/shared/saveFile";
import { Command } from "./parts";
import type { Period } from "./search";

type Props = { subject: { customer: string } | { user: string }; period: Period; onClose: () => void };

export function EvidenceDialog({ subject, period, onClose }: Props) {
  const { t } = useTranslation("audit");
  const language = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ purpose: string }>();
  const [problem, setProblem] = useState<ProblemError>();
  const [received, setReceived] = useState<number>();
  const [altered, setAltered] = useState(0);

  const submit = async ({ purpose }: { purpose: string }) => {
    setProblem(undefined);
    setReceived(0);
    try {
      const response = await send401(
        new Request("/api/v1/audit/evidence", {
          method: "POST",
          headers: { "Content-Type": "application/json", "Accept-Language": language },
          body: JSON.stringify({ ...subject, ...period, purpose: purpose.trim() }),
        }),
      );
      if (!response.ok) throw await problemOf(response);
      await saveFile(response, "whosaw-evidence.json", (bytes) => setReceived(Math.round(bytes / 1000)));
      void message.success(t("evidence.done"));
      const count = Number(response.headers.get("x-evidence-altered") ?? 0);
      // What was altered must be read; without it there is nothing more to say.
      if (count > 0) setAltered(count);
      else onClose();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setReceived(undefined);
    }
  };
  return (
    <Modal
      open
      title={t("evidence.title")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("evidence.submit")}
      confirmLoading={received !== undefined}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(f) => void submit(f)}>
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        {altered > 0 && (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={t("evidence.altered", { count: altered })}
            style={{ marginBottom: 16 }}
          />
        )}
        <Typography.Paragraph>
          {"customer" in subject ? t("evidence.customer") : t("evidence.user")}
        </Typography.Paragraph>
        <Typography.Paragraph type="secondary">{t("evidence.limit")}</Typography.Paragraph>
        <Form.Item
          name="purpose"
          label={t("evidence.reason")}
          rules={[{ required: true, whitespace: true, message: t("evidence.needReason") }]}
        >
          <Input.TextArea autoFocus maxLength={500} rows={2} placeholder={t("evidence.reasonHelp")} />
        </Form.Item>
        {received !== undefined && <p role="status">{t("evidence.running", { size: received })}</p>}
        <div className="muted">{t("evidence.verify")}</div>
        <Command text="whosaw-verify evidence whosaw-evidence-….json --key log.vkey" />
      </Form>
    </Modal>
  );
}
