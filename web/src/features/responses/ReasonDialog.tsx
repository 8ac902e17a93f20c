// Why something is ended, shall last, or is no decoy any more.

import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { FormDialog } from "@/shared/FormDialog";

type Props = {
  title: string;
  text?: string | undefined;
  onSubmit: (reason: string) => Promise<unknown>;
  onClose: () => void;
};

export function ReasonDialog({ title, text, onSubmit, onClose }: Props) {
  const { t } = useTranslation("responses");
  return (
    <FormDialog<{ reason: string }>
      title={title}
      submit={t("submit")}
      onSubmit={({ reason }) => onSubmit(reason)}
      onClose={onClose}
    >
      {text && <p className="muted">{text}</p>}
      <Form.Item
        name="reason"
        label={t("reason")}
        extra={t("reasonHelp")}
        rules={[{ required: true, whitespace: true, message: t("need") }]}
      >
        <Input.TextArea autoFocus rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
