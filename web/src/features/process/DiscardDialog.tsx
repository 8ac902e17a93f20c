// Why a record leads nowhere.

import { App, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";

type Props = { object: ObjectForm; record: RecordView; onClose: () => void; onDone: () => void };

export function DiscardDialog({ object, record, onClose, onDone }: Props) {
  const { t } = useTranslation("process");
  const label = useLabel();
  const { message } = App.useApp();
  const reasons = object.fields.find((f) => f.name === object.process.discard?.reason)?.type.options ?? [];
  const submit = async ({ reason }: { reason: string }) => {
    await api.POST("/api/v1/records/{object}/{id}/discard", {
      params: { path: { object: object.name, id: record.id }, header: { "If-Match": `"${record.version}"` } },
      body: { reason },
    });
    void message.success(t("discard.done"));
    onDone();
  };
  return (
    <FormDialog
      title={t("discard.title", { object: label(object.label) })}
      submit={t("discard.act")}
      danger
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="reason" label={t("discard.reason")} rules={[{ required: true, message: t("discard.need") }]}>
        <Select options={reasons.map((r) => ({ value: r.value, label: label(r.label) }))} />
      </Form.Item>
    </FormDialog>
  );
}
