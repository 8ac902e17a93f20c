// Ask for access where a refusal stands, or for more of what one has.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { refreshRequests } from "./requests";

type Props = {
  object: string;
  id: string;
  /** What is wanted where nothing else is said. */
  edit?: boolean;
  text: "ask.act" | "ask.edit" | "ask.extend" | "ask.approval";
  small?: boolean;
  primary?: boolean;
};
type Fields = { edit: boolean; days: number; reason: string };

export function AskAccessButton({ object, id, edit = false, text, small, primary }: Props) {
  const { t } = useTranslation("requests");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        {...(small ? { size: "small" as const } : {})}
        {...(primary ? { type: "primary" as const } : {})}
        onClick={() => setOpen(true)}
      >
        {t(text)}
      </Button>
      {open && <AskAccessDialog object={object} id={id} edit={edit} onClose={() => setOpen(false)} />}
    </>
  );
}

function AskAccessDialog({
  object,
  id,
  edit,
  onClose,
}: {
  object: string;
  id: string;
  edit: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("requests");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const submit = async (f: Fields) => {
    await api.POST("/api/v1/requests", {
      body: { object, record: id, edit: f.edit, days: f.days, reason: f.reason },
    });
    void message.success(t("ask.done"));
    onClose();
    await refreshRequests(queries);
  };
  return (
    <FormDialog<Fields>
      title={t("ask.title")}
      submit={t("ask.submit")}
      initial={{ edit, days: 7, reason: "" }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted requests-note">{t("ask.text")}</p>
      <Form.Item label={t("ask.record")}>
        <code className="requests-id">{id}</code>
      </Form.Item>
      <Form.Item name="edit" label={t("ask.level")}>
        <Radio.Group
          options={[
            { value: false, label: t("ask.read") },
            { value: true, label: t("ask.write") },
          ]}
        />
      </Form.Item>
      <Form.Item name="days" label={t("ask.days")} rules={[{ required: true, message: t("ask.need") }]}>
        <InputNumber min={1} max={90} precision={0} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("ask.reason")}
        rules={[{ required: true, whitespace: true, message: t("ask.need") }]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
