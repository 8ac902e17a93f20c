import { Alert, Checkbox, Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import { UserPicker } from "@/shared/fields/FieldInput";
import { ProblemAlert } from "@/shared/ProblemView";

export type TransferTo = { user?: string; pool?: boolean; with_related?: boolean; purpose?: string };
type Fields = { to: "user" | "pool"; user?: string; related: boolean; purpose?: string };

export function TransferDialog({
  pool,
  onSubmit,
  onClose,
}: {
  pool: boolean;
  onSubmit: (to: TransferTo) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useTranslation("records");
  const [form] = Form.useForm<Fields>();
  const to = Form.useWatch("to", form) ?? "user";
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const submit = async (fields: Fields) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onSubmit({
        ...(fields.to === "pool" ? { pool: true } : { user: fields.user as string }),
        with_related: fields.related,
        ...(fields.purpose ? { purpose: fields.purpose } : {}),
      });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("transferDialog.title")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("transferDialog.title")}
      confirmLoading={busy}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ to: "user", related: false }}
        onFinish={(f) => void submit(f)}
      >
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        {pool && (
          <Form.Item name="to" label={t("transferDialog.to")}>
            <Radio.Group
              options={[
                { value: "user", label: t("transferDialog.user") },
                { value: "pool", label: t("transferDialog.pool") },
              ]}
            />
          </Form.Item>
        )}
        {to === "user" && (
          <Form.Item
            name="user"
            label={t("transferDialog.user")}
            rules={[{ required: true, message: t("transferDialog.choose") }]}
          >
            <UserPicker />
          </Form.Item>
        )}
        <Form.Item name="related" valuePropName="checked">
          <Checkbox>{t("transferDialog.related")}</Checkbox>
        </Form.Item>
        <Form.Item name="purpose" label={t("transferDialog.reason")}>
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
        <Alert type="info" showIcon title={t("transferDialog.sharesEnd")} />
      </Form>
    </Modal>
  );
}
