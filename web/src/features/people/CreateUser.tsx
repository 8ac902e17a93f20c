// A new account: without roles and without a password, which are other acts (docs/administration.md).

import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Radio, TreeSelect, type TreeSelectProps } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { AccountPicker } from "@/shared/fields/PersonPicker";

type Fields = { login: string; name: string; kind: string; department: string; manager?: string };
type Props = {
  tree: NonNullable<TreeSelectProps["treeData"]>;
  department: string | undefined;
  onClose: () => void;
  onMade: (id: string) => void;
};

export function CreateUser({ tree, department, onClose, onMade }: Props) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const submit = async ({ manager, ...fields }: Fields) => {
    const body = { ...fields, name: fields.name.trim(), ...(manager ? { manager } : {}) };
    const made = await data(api.POST("/api/v1/admin/users", { body }));
    await queries.invalidateQueries({ queryKey: ["accounts"] });
    void message.success(t("create.made"), 6);
    onMade(made.id);
  };
  const need = { required: true, whitespace: true, message: t("create.need") };
  return (
    <FormDialog
      title={t("create.title")}
      submit={t("create.submit")}
      initial={{ kind: "person", department }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted">{t("create.text")}</p>
      <Form.Item
        name="login"
        label={t("create.login")}
        extra={t("create.loginHelp")}
        rules={[need, { pattern: /^[a-z0-9._@-]{2,64}$/, message: t("create.badLogin") }]}
      >
        <Input autoFocus maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={t("create.name")} rules={[need]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={t("create.kind")}>
        <Radio.Group
          options={(["person", "service", "agent"] as const).map((kind) => ({
            value: kind,
            label: t(`kind.${kind}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="department"
        label={t("create.department")}
        rules={[{ required: true, message: t("create.need") }]}
      >
        <TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} />
      </Form.Item>
      <Form.Item name="manager" label={t("create.manager")}>
        <AccountPicker allowClear />
      </Form.Item>
    </FormDialog>
  );
}
