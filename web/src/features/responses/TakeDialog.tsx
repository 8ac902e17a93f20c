// Something is taken from somebody for a time: what, how long, why, and what the person reads.

import { Form, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { KINDS } from "./responses";

type Fields = {
  user: string;
  kind: (typeof KINDS)[number];
  hours: string;
  perMinute?: number | null;
  reason: string;
  message?: string;
};
const HOURS = ["1", "4", "24", "168", "720"] as const;

export function TakeDialog({ onTaken, onClose }: { onTaken: () => void; onClose: () => void }) {
  const { t } = useTranslation("responses");
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form) ?? "no_export";
  const submit = async (f: Fields) => {
    await api.POST("/api/v1/admin/responses", {
      body: {
        user: f.user,
        kind: f.kind,
        minutes: Number(f.hours) * 60,
        ...(f.kind === "throttle" ? { per_minute: f.perMinute ?? 10 } : {}),
        reason: f.reason,
        message: f.message ?? "",
      },
    });
    onTaken();
  };
  return (
    <FormDialog<Fields>
      title={t("takeTitle")}
      submit={t("take")}
      danger
      form={form}
      initial={{ kind: "no_export", hours: "24", perMinute: 10 }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="user" label={t("person")} rules={[{ required: true, message: t("need") }]}>
        <UserPicker />
      </Form.Item>
      <Form.Item name="kind" label={t("what")} extra={t(`means.${kind}`)}>
        <Radio.Group
          className="responses-kinds"
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      </Form.Item>
      {kind === "throttle" && (
        <Form.Item name="perMinute" label={t("perMinute")} rules={[{ required: true, message: t("need") }]}>
          <InputNumber min={1} max={600} precision={0} />
        </Form.Item>
      )}
      <Form.Item name="hours" label={t("lasts")}>
        <Select options={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("reason")}
        extra={t("reasonHelp")}
        rules={[{ required: true, whitespace: true, message: t("need") }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="message" label={t("message")} extra={t("messageHelp")}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
