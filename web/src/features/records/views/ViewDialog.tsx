// A view's name, and with whom it is shared: with roles of people who report to its owner.

import { Checkbox, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ListView } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";

export type ViewFields = { name: string; shared: string[]; preset: boolean };

type Props = {
  title: string;
  /** Roles to share with; none where nobody reports to the person. */
  shareWith: string[];
  initial: ListView | undefined;
  onSubmit: (fields: ViewFields) => Promise<unknown>;
  onClose: () => void;
};

export function ViewDialog({ title, shareWith, initial, onSubmit, onClose }: Props) {
  const { t } = useTranslation(["views", "common"]);
  const label = useLabel();
  const { workspace } = useMe();
  const [form] = Form.useForm<ViewFields>();
  const shared = Form.useWatch("shared", form) ?? initial?.shared ?? [];
  // What it is shared with already can be taken back, though nobody below holds the role any more.
  const roles = [...new Set([...shareWith, ...(initial?.shared ?? [])])];
  const name = (role: string) => {
    const found = workspace.roles.find((r) => r.name === role);
    return found ? label(found.label) : role;
  };
  return (
    <FormDialog<ViewFields>
      title={title}
      submit={t("common:save")}
      form={form}
      initial={{ name: initial?.name ?? "", shared: initial?.shared ?? [], preset: initial?.preset ?? false }}
      onSubmit={(fields) =>
        onSubmit({
          name: fields.name.trim(),
          shared: fields.shared ?? [],
          preset: (fields.shared ?? []).length > 0 && (fields.preset ?? false),
        })
      }
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t("name")}
        rules={[{ required: true, whitespace: true, message: t("needName") }]}
        extra={t("what")}
      >
        <Input maxLength={60} autoFocus />
      </Form.Item>
      {roles.length > 0 && (
        <Form.Item name="shared" label={t("shareWith")} extra={t("shareHelp")}>
          <Select
            mode="multiple"
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            options={roles.map((role) => ({ value: role, label: name(role) }))}
          />
        </Form.Item>
      )}
      {roles.length > 0 && (
        <Form.Item name="preset" valuePropName="checked">
          <Checkbox disabled={shared.length === 0}>{t("preset")}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}
