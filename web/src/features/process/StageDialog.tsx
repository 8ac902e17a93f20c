// What a stage still needs before a record enters it.

import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { FieldForm, FieldValue, ObjectForm, RecordView } from "@/api/types";
import { FieldFiles } from "@/features/attachments/FieldFiles";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { FieldInput } from "@/shared/fields/FieldInput";
import { hasFiles } from "@/shared/fields/related";

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
  const option = by.type.options?.find((o) => o.value === to);
  const submit = async (values: Values) => {
    await api.PATCH("/api/v1/records/{object}/{id}", {
      params: { path: { object: object.name, id: row.id }, header: { "If-Match": `"${row.version}"` } },
      body: { fields: { ...values, [by.name]: to } },
    });
    onDone();
  };
  return (
    <FormDialog
      title={t("stage.title", { stage: option ? label(option.label) : to })}
      submit={t("stage.save")}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted">{t("stage.text")}</p>
      {missing.map((field) =>
        // A file is there once it is sent; the stage asks again.
        hasFiles(field) ? (
          <Form.Item key={field.name} label={label(field.label)} required>
            <FieldFiles object={object.name} id={row.id} field={field} />
          </Form.Item>
        ) : (
          <Form.Item
            key={field.name}
            name={field.name}
            label={label(field.label)}
            rules={[{ required: true, message: t("records:required") }]}
          >
            <FieldInput field={field} />
          </Form.Item>
        ),
      )}
    </FormDialog>
  );
}
