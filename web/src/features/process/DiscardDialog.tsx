// Why a record leads nowhere.

import { App, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";

type Props = { object: ObjectForm; record: RecordView; onClose: () => void; onDone: () => void };

export function DiscardDialog({ object, record, onClose, onDone }: Props) {
  const { t } = useTranslation("process");
  const label = useLabel();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const reasons = object.fields.find((f) => f.name === object.process.discard?.reason)?.type.options ?? [];
  const submit = async ({ reason }: { reason: string }) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.POST("/api/v1/records/{object}/{id}/discard", {
        params: { path: { object: object.name, id: record.id }, header: { "If-Match": `"${record.version}"` } },
        body: { reason },
      });
      void message.success(t("discard.done"));
      onDone();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("discard.title", { object: label(object.label) })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("discard.act")}
      okButtonProps={{ danger: true }}
      confirmLoading={busy}
    >
      <Form form={form} layout="vertical" onFinish={(f) => void submit(f)}>
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <Form.Item name="reason" label={t("discard.reason")} rules={[{ required: true, message: t("discard.need") }]}>
          <Select options={reasons.map((r) => ({ value: r.value, label: label(r.label) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
