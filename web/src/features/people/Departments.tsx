// The department tree: made, renamed and moved. What people see follows it, so each act is recorded and in force at once.

import { App, Button, Drawer, Form, Input, TreeSelect } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useMe, useSession } from "@/app/session";
import { FormDialog } from "@/shared/FormDialog";
import { EditIcon, PlusIcon, TransferIcon } from "@/shared/icons";
import { subtree } from "./search";
import type { TreeNode } from "./tree";

type Act = { kind: "add" | "rename" | "move"; node: TreeNode | undefined };
const TOP = "top";

export function Departments({ tree, onClose }: { tree: TreeNode[]; onClose: () => void }) {
  const { t } = useTranslation("people");
  const [act, setAct] = useState<Act>();
  const list = (nodes: TreeNode[]) => (
    <ul className="dept-list">
      {nodes.map((node) => (
        <li key={node.key}>
          <div className="dept-row">
            <span className="grow">{node.title}</span>
            {(["add", "rename", "move"] as const).map((kind) => (
              <Button
                key={kind}
                size="small"
                icon={kind === "add" ? <PlusIcon /> : kind === "rename" ? <EditIcon /> : <TransferIcon />}
                aria-label={t(`dept.${kind}`, { name: node.title })}
                title={t(`dept.${kind}`, { name: node.title })}
                onClick={() => setAct({ kind, node })}
              />
            ))}
          </div>
          {node.children.length > 0 && list(node.children)}
        </li>
      ))}
    </ul>
  );
  return (
    <Drawer open onClose={onClose} title={t("dept.manage")} size="min(560px, 100vw)">
      <p className="muted">{t("dept.text")}</p>
      {list(tree)}
      <Button style={{ marginTop: 12 }} icon={<PlusIcon />} onClick={() => setAct({ kind: "add", node: undefined })}>
        {t("dept.addRoot")}
      </Button>
      {act && <ActDialog act={act} tree={tree} onClose={() => setAct(undefined)} />}
    </Drawer>
  );
}

type Fields = { name?: string; parent?: string };

function ActDialog({ act, tree, onClose }: { act: Act; tree: TreeNode[]; onClose: () => void }) {
  const { t } = useTranslation(["people", "common"]);
  const { message } = App.useApp();
  const { workspace } = useMe();
  const { reload } = useSession();
  const { kind, node } = act;
  const below = node ? subtree(workspace.departments, node.key) : new Set<string>();
  // A department cannot move below itself.
  const without = (nodes: TreeNode[]): TreeNode[] =>
    nodes.filter((n) => !below.has(n.key)).map((n) => ({ ...n, children: without(n.children) }));
  const current = workspace.departments.find((d) => d.id === node?.key)?.parent ?? TOP;
  const submit = async ({ name = "", parent = TOP }: Fields) => {
    const params = { path: { id: node?.key ?? "" } };
    if (kind === "add")
      await data(
        api.POST("/api/v1/admin/departments", { body: { name: name.trim(), ...(node ? { parent: node.key } : {}) } }),
      );
    else if (kind === "rename")
      await data(api.PUT("/api/v1/admin/departments/{id}/name", { params, body: { name: name.trim() } }));
    else
      await data(
        api.PUT("/api/v1/admin/departments/{id}/parent", {
          params,
          body: { parent: parent === TOP ? null : parent },
        }),
      );
    await reload();
    void message.success(t("dept.done"));
    onClose();
  };
  return (
    <FormDialog
      title={node ? t(`dept.${kind}`, { name: node.title }) : t("dept.addRoot")}
      submit={t("common:save")}
      cancel={t("common:cancel")}
      initial={{ name: kind === "rename" ? node?.title : "", parent: current }}
      onSubmit={submit}
      onClose={onClose}
    >
      {kind === "move" ? (
        <Form.Item name="parent" label={t("dept.parent")}>
          <TreeSelect
            treeDefaultExpandAll
            treeData={[{ key: TOP, value: TOP, title: t("dept.root"), children: [] }, ...without(tree)]}
          />
        </Form.Item>
      ) : (
        <Form.Item
          name="name"
          label={t("dept.name")}
          rules={[{ required: true, whitespace: true, message: t("create.need") }]}
        >
          <Input autoFocus maxLength={80} autoComplete="off" />
        </Form.Item>
      )}
    </FormDialog>
  );
}
