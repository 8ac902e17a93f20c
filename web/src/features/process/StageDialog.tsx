// What a stage still needs before a record enters it.

import { Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { FieldForm, FieldValue, ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldInput } from "@/shared/fields/FieldInput";
import { ProblemAlert } from "@/shared/ProblemView";

type Values = Record<string, FieldValue>;
type Props = {
  object: ObjectForm;
  row: RecordView;
  /** The fields that the server asked for. */
  missing: FieldForm[];
  by: FieldForm;
  to: string;
  onClose: () => void;
  onDone: () => void;
};

export function StageDialog({ object, row, missing, by, to, onClose, onDone }: Props) {
  const { t } = useTranslation(["process", "records"]);
  const label = useLabel();
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const option = by.type.options?.find((o) => o.value === to);
  const submit = async (values: Values) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.PATCH("/api/v1/records/{object}/{id}", {
        params: { path: { object: object.name, id: row.id }, header: { "If-Match": `"${row.version}"` } },
        body: { fields: { ...values, [by.name]: to } },
      });
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
      title={t("stage.title", { stage: option ? label(option.label) : to })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("stage.save")}
      confirmLoading={busy}
    >
      <p className="muted">{t("stage.text")}</p>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)}>
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        {missing.map((field) => (
          <Form.Item
            key={field.name}
            name={field.name}
            label={label(field.label)}
            rules={[{ required: true, message: t("records:required") }]}
          >
            <FieldInput field={field} />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
