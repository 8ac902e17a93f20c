// A new role. It may nothing until rules name it, and nobody holds it until it is given.

import { App, Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useMe, useSession } from "@/app/session";
import { FormDialog } from "@/shared/FormDialog";

type Fields = { name: string; zh: string; en: string; rows?: number | null };

export function RoleDialog({ onClose, onMade }: { onClose: () => void; onMade: (role: string) => void }) {
  const { t } = useTranslation(["people", "common"]);
  const { message } = App.useApp();
  const { workspace } = useMe();
  const { reload } = useSession();
  const submit = async ({ name, zh, en, rows }: Fields) => {
    const body = { label: { zh: zh.trim(), en: en.trim() }, excludes: [], export_rows: rows ?? null };
    await data(api.PUT("/api/v1/admin/roles/{role}", { params: { path: { role: name } }, body }));
    await reload();
    void message.success(t("newRole.made"), 6);
    onMade(name);
  };
  const need = { required: true, whitespace: true, message: t("create.need") };
  return (
    <FormDialog
      title={t("newRole.title")}
      submit={t("newRole.submit")}
      cancel={t("common:cancel")}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted">{t("newRole.text")}</p>
      <Form.Item name="zh" label={t("newRole.zh")} rules={[need]}>
        <Input autoFocus maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="en" label={t("newRole.en")} rules={[need]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="name"
        label={t("newRole.name")}
        extra={t("newRole.nameHelp")}
        rules={[
          need,
          { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("newRole.badName") },
          {
            validator: (_, value: string) =>
              workspace.roles.some((r) => r.name === value)
                ? Promise.reject(new Error(t("newRole.taken")))
                : Promise.resolve(),
          },
        ]}
      >
        <Input maxLength={40} autoComplete="off" className="mono" />
      </Form.Item>
      <Form.Item name="rows" label={t("newRole.rows")} extra={t("newRole.rowsHelp")}>
        <InputNumber<number> min={1} max={1_000_000} precision={0} style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}
