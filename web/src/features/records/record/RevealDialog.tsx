// One masked field in the clear, for a reason that is recorded before the value is shown.

import { Alert, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { FieldForm, FieldValue } from "@/api/types";
import { useLabel } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";

type Props = {
  object: string;
  id: string;
  field: FieldForm;
  onShown: (value: FieldValue) => void;
  onClose: () => void;
};

export function RevealDialog({ object, id, field, onShown, onClose }: Props) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const [form] = Form.useForm<{ purpose: string }>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const submit = async ({ purpose }: { purpose: string }) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const shown = await data(
        api.POST("/api/v1/records/{object}/{id}/reveal", {
          params: { path: { object, id } },
          body: { fields: [field.name], purpose },
        }),
      );
      onShown((shown.fields[field.name] ?? null) as FieldValue);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("revealDialog.title", { field: label(field.label) })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("revealDialog.submit")}
      confirmLoading={busy}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(f) => void submit(f)}>
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <Alert type="warning" showIcon title={t("revealDialog.text")} style={{ marginBottom: 16 }} />
        <Form.Item
          name="purpose"
          label={t("revealDialog.reason")}
          extra={t("revealDialog.until")}
          rules={[{ required: true, whitespace: true, message: t("revealDialog.needReason") }]}
        >
          <Input.TextArea autoFocus maxLength={500} rows={2} placeholder={t("revealDialog.reasonHelp")} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
