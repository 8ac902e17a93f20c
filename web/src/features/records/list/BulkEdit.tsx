// One field of many records gets the same value.

import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { FieldForm, FieldValue, ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { FieldInput } from "@/shared/fields/FieldInput";

type Fields = { field: string; value?: FieldValue };

/** Fields that several records can share a value of: no personal ones, none that is unique, none of one customer alone. */
export const sharedFields = (object: ObjectForm): FieldForm[] =>
  object.fields.filter(
    (f) =>
      f.level === "editable" &&
      !f.kept &&
      !f.unique &&
      f.class !== "personal" &&
      f.class !== "sensitive" &&
      f.name !== object.title_field &&
      f.type.kind !== "reference" &&
      f.type.kind !== "attachment",
  );

type Props = {
  object: ObjectForm;
  count: number;
  onSubmit: (fields: Record<string, FieldValue>) => Promise<void>;
  onClose: () => void;
};

export function BulkEdit({ object, count, onSubmit, onClose }: Props) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const [form] = Form.useForm<Fields>();
  const fields = sharedFields(object);
  const name = Form.useWatch("field", form);
  const chosen = fields.find((f) => f.name === name);
  return (
    <FormDialog<Fields>
      title={t("bulk.editTitle", { count })}
      submit={t("bulk.editSubmit")}
      form={form}
      onSubmit={({ field, value }) => onSubmit({ [field]: value ?? null })}
      onClose={onClose}
    >
      <Form.Item name="field" label={t("bulk.field")} rules={[{ required: true, message: t("required") }]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={fields.map((f) => ({ value: f.name, label: label(f.label) }))}
          onChange={() => form.resetFields(["value"])}
        />
      </Form.Item>
      {chosen && (
        <Form.Item
          name="value"
          label={label(chosen.label)}
          extra={chosen.required ? undefined : t("bulk.emptyTakesAway")}
          rules={chosen.required ? [{ required: true, message: t("required") }] : []}
        >
          <FieldInput field={chosen} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
