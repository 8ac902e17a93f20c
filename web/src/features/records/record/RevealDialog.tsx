// One masked field in the clear, for a reason that is recorded before the value is shown.

import { useQuery } from "@tanstack/react-query";
import { Alert, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { FieldForm, FieldValue } from "@/api/types";
import { AskAccessButton } from "@/features/requests/AskAccess";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";

type Props = {
  object: string;
  id: string;
  field: FieldForm;
  onShown: (value: FieldValue) => void;
  onClose: () => void;
};

export function RevealDialog({ object, id, field, onShown, onClose }: Props) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const quota = useQuery({ queryKey: ["reveals"], queryFn: () => data(api.GET("/api/v1/me/reveals")), staleTime: 0 });
  const submit = async ({ purpose }: { purpose: string }) => {
    const shown = await data(
      api.POST("/api/v1/records/{object}/{id}/reveal", {
        params: { path: { object, id } },
        body: { fields: [field.name], purpose },
      }),
    );
    onShown((shown.fields[field.name] ?? null) as FieldValue);
  };
  const count = quota.data?.per_day;
  const left = count == null ? "" : ` ${t("revealDialog.left", { left: quota.data?.left ?? 0, count })}`;
  return (
    <FormDialog
      title={t("revealDialog.title", { field: label(field.label) })}
      submit={t("revealDialog.submit")}
      onSubmit={submit}
      onClose={onClose}
      remedy={(problem) =>
        problem.code === "approval_asked" && (
          <AskAccessButton object={object} id={id} text="ask.approval" small primary />
        )
      }
    >
      <Alert type="warning" showIcon title={t("revealDialog.text")} style={{ marginBottom: 16 }} />
      <Form.Item
        name="purpose"
        label={t("revealDialog.reason")}
        extra={`${t("revealDialog.until")}${left}`}
        rules={[{ required: true, whitespace: true, message: t("revealDialog.needReason") }]}
      >
        <Input.TextArea autoFocus maxLength={500} rows={2} placeholder={t("revealDialog.reasonHelp")} />
      </Form.Item>
    </FormDialog>
  );
}
