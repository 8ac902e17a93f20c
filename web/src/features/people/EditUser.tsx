// What an account says of its person: name, department, manager, training. Department and manager decide what is seen, so a
// change is in force at once, and recorded with what was there before.

import { useQueryClient } from "@tanstack/react-query";
import { App, DatePicker, Form, Input, TreeSelect } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Account } from "@/api/types";
import { FormDialog } from "@/shared/FormDialog";
import { AccountPicker } from "@/shared/fields/PersonPicker";
import { useTree } from "./tree";

type Fields = { name: string; department: string; manager?: string | null; trained?: Dayjs | null };

export function EditUser({ user, onClose }: { user: Account; onClose: () => void }) {
  const { t } = useTranslation(["people", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const tree = useTree();
  const submit = async ({ name, department, manager, trained }: Fields) => {
    const after = {
      name: name.trim(),
      department,
      manager: manager ?? null,
      trained_until: trained ? trained.valueOf() : null,
    };
    const before = {
      name: user.name,
      department: user.department,
      manager: user.manager ?? null,
      trained_until: user.trained_until ?? null,
    };
    const body = Object.fromEntries(
      Object.entries(after).filter(([key, value]) => before[key as keyof typeof before] !== value),
    );
    await api.PATCH("/api/v1/admin/users/{id}", { params: { path: { id: user.id } }, body: body as never });
    await queries.invalidateQueries({ queryKey: ["accounts"] });
    void message.success(t("user.done"));
    onClose();
  };
  const need = { required: true, whitespace: true, message: t("create.need") };
  return (
    <FormDialog
      title={t("user.edit")}
      submit={t("common:save")}
      cancel={t("common:cancel")}
      initial={{
        name: user.name,
        department: user.department,
        manager: user.manager ?? null,
        trained: user.trained_until ? dayjs(user.trained_until) : null,
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted">{t("user.editText")}</p>
      <Form.Item name="name" label={t("create.name")} rules={[need]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="department" label={t("create.department")} rules={[need]}>
        <TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} />
      </Form.Item>
      <Form.Item name="manager" label={t("create.manager")}>
        <AccountPicker allowClear except={user.id} />
      </Form.Item>
      <Form.Item name="trained" label={t("col.trained")}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}
