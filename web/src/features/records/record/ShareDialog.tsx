// With whom a record is shared, how, and until when.

import { DatePicker, Form, Radio, Select, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { UserPicker } from "@/shared/fields/PersonPicker";

const LONGEST_DAYS = 366;

export type ShareFields = {
  kind: "share" | "collaborator" | "viewer";
  toKind: "user" | "department" | "role";
  to: string;
  edit: boolean;
  until?: Dayjs;
};

export const shareBody = (fields: ShareFields) => ({
  kind: fields.kind,
  to: { [fields.toKind]: fields.to },
  ...(fields.kind === "share" ? { edit: fields.edit } : { edit: fields.kind === "collaborator" }),
  ...(fields.until ? { until: fields.until.endOf("day").valueOf() } : {}),
});

export function ShareDialog({
  onSubmit,
  onClose,
}: {
  onSubmit: (fields: ShareFields) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const { workspace } = useMe();
  const [form] = Form.useForm<ShareFields>();
  const kind = Form.useWatch("kind", form) ?? "share";
  const toKind = Form.useWatch("toKind", form) ?? "user";
  const options =
    toKind === "department"
      ? workspace.departments.map((d) => ({ value: d.id, label: d.name }))
      : workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }));
  return (
    <FormDialog
      title={t("shareDialog.title")}
      submit={t("shareDialog.submit")}
      form={form}
      initial={{ kind: "share", toKind: "user", edit: false, until: dayjs().add(7, "day") }}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t("shareDialog.kind")}>
        <Radio.Group
          options={(["share", "viewer", "collaborator"] as const).map((value) => ({
            value,
            label: t(`shareDialog.kinds.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="toKind" label={t("shareDialog.toKind")}>
        <Radio.Group
          onChange={() => form.resetFields(["to"])}
          options={(["user", "department", "role"] as const).map((value) => ({
            value,
            label: t(`shareDialog.toKinds.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="to"
        label={t(`shareDialog.toKinds.${toKind}`)}
        rules={[{ required: true, message: t("shareDialog.needTo") }]}
      >
        {toKind === "user" ? <UserPicker /> : <Select showSearch={{ optionFilterProp: "label" }} options={options} />}
      </Form.Item>
      {kind === "share" && (
        <>
          <Form.Item
            name="until"
            label={t("shareDialog.until")}
            rules={[{ required: true, message: t("shareDialog.needUntil") }]}
          >
            <DatePicker
              disabledDate={(d) => d.isBefore(dayjs(), "day") || d.isAfter(dayjs().add(LONGEST_DAYS - 1, "day"), "day")}
              style={{ width: "100%" }}
            />
          </Form.Item>
          <Form.Item name="edit" label={t("shareDialog.edit")} valuePropName="checked">
            <Switch />
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}
