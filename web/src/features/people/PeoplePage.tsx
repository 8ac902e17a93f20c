// Who works here: departments as a tree, accounts with status and roles, each with what may be done about it.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Drawer, Empty, Grid, Input, Segmented, Tag, Tree, TreeSelect } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { Account } from "@/api/types";
import { useDuty, useMe } from "@/app/session";
import { useAccounts, useRoleName, useUserName } from "@/shared/directory";
import { useDepartmentName } from "@/shared/fields/people";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { CreateUser } from "./CreateUser";
import { Departments } from "./Departments";
import { type PeopleSearch, subtree } from "./search";
import { useTree } from "./tree";
import { UserView } from "./UserView";
import "../audit/audit.css";
import "./people.css";

export function PeoplePage() {
  const { t } = useTranslation("people");
  const search = useSearch({ from: "/people" });
  const navigate = useNavigate();
  const { workspace } = useMe();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const mayManage = useDuty("user.manage");
  const department = useDepartmentName();
  const role = useRoleName();
  const name = useUserName();
  const tree = useTree();
  const [creating, setCreating] = useState(false);
  const [arranging, setArranging] = useState(false);
  const accounts = useAccounts();
  const rows = useMemo(() => {
    const within = search.department ? subtree(workspace.departments, search.department) : undefined;
    const q = search.q?.toLowerCase();
    return (accounts.data?.items ?? []).filter(
      (u) =>
        (within === undefined || within.has(u.department)) &&
        (search.status === undefined || u.status === search.status) &&
        (!q || u.name.toLowerCase().includes(q) || u.login.includes(q)),
    );
  }, [accounts.data, search, workspace]);
  const change = (part: Partial<PeopleSearch>) =>
    void navigate({
      to: "/people",
      search: Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, v]) => v !== undefined && v !== "")),
      replace: true,
    });
  const shown = accounts.data?.items.find((u) => u.id === search.user);
  const status = (u: Account) => (
    <Tag color={u.status === "active" ? "success" : "default"}>
      {u.status === "active" ? t("people.active") : t("people.disabled")}
    </Tag>
  );
  const roles = (u: Account) =>
    u.roles.length === 0 ? (
      <span className="muted">{t("user.noRoles")}</span>
    ) : (
      u.roles.map((r) => <Tag key={r}>{role(r)}</Tag>)
    );
  const open = (u: Account) => change({ user: u.id });
  const link = (u: Account) => (
    <button type="button" className="row-open" onClick={() => open(u)}>
      {u.name}
    </button>
  );
  const columns: Column<Account>[] = [
    { key: "name", title: t("col.name"), width: 120, render: link },
    { key: "login", title: t("col.login"), width: 110, render: (u) => u.login },
    { key: "department", title: t("col.department"), width: 150, render: (u) => department(u.department) ?? "—" },
    { key: "roles", title: t("col.roles"), width: 150, render: roles },
    { key: "manager", title: t("col.manager"), width: 100, render: (u) => (u.manager && name(u.manager)) || "—" },
    {
      key: "kind",
      title: t("col.kind"),
      width: 80,
      render: (u) => t(`kind.${u.kind as "person" | "service" | "agent"}`),
    },
    { key: "status", title: t("col.status"), width: 100, render: status },
  ];
  return (
    <div className="page page-fixed">
      <div className="page-head">
        <h1>{t("people.title")}</h1>
        <div className="grow" />
        {mayManage && <Button onClick={() => setArranging(true)}>{t("dept.manage")}</Button>}
        {mayManage && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => setCreating(true)}>
            {t("people.create")}
          </Button>
        )}
      </div>
      <div className="feed-filters">
        <Input
          allowClear
          data-page-search
          aria-label={t("people.search")}
          placeholder={t("people.search")}
          defaultValue={search.q}
          onChange={(e) => change({ q: e.target.value })}
          className="people-search"
          maxLength={80}
        />
        <Segmented
          aria-label={t("people.status")}
          value={search.status ?? ""}
          onChange={(value) => change({ status: value === "" ? undefined : (value as "active") })}
          options={[
            { value: "", label: t("people.any") },
            { value: "active", label: t("people.active") },
            { value: "disabled", label: t("people.disabled") },
          ]}
        />
        {narrow && (
          <TreeSelect
            aria-label={t("people.departments")}
            allowClear
            treeData={tree}
            value={search.department ?? null}
            onChange={(value: string | null | undefined) => change({ department: value ?? undefined })}
            placeholder={t("people.all")}
            treeDefaultExpandAll
            className="user-choice"
          />
        )}
      </div>
      {accounts.isError ? (
        <ProblemPage problem={asProblem(accounts.error)} onRetry={() => void accounts.refetch()} />
      ) : (
        <div className="did">
          {!narrow && (
            <aside className="panel people-tree" aria-labelledby="people-departments">
              <h2 id="people-departments">{t("people.departments")}</h2>
              <Tree
                aria-label={t("people.departments")}
                treeData={tree}
                defaultExpandAll
                blockNode
                selectedKeys={search.department ? [search.department] : []}
                onSelect={([key]) => change({ department: key === undefined ? undefined : String(key) })}
              />
            </aside>
          )}
          <DataTable
            label={t("people.list")}
            rows={rows}
            rowKey={(u) => u.id}
            columns={columns}
            narrow={narrow}
            density="normal"
            onOpen={open}
            loading={accounts.isPending}
            hasMore={false}
            loadingMore={false}
            onLoadMore={() => {}}
            card={(u) => (
              <div className="card">
                <div className="card-title">
                  {link(u)} {status(u)}
                </div>
                <div className="card-line muted">
                  {u.login} · {department(u.department) ?? "—"}
                </div>
                <div className="card-line">{roles(u)}</div>
              </div>
            )}
            empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("people.none")} />}
          />
        </div>
      )}
      <Drawer
        open={shown !== undefined}
        onClose={() => change({ user: undefined })}
        title={shown?.name ?? t("user.title")}
        size={narrow ? "100%" : 560}
        destroyOnHidden
      >
        {shown && <UserView user={shown} />}
      </Drawer>
      {arranging && <Departments tree={tree} onClose={() => setArranging(false)} />}
      {creating && (
        <CreateUser
          tree={tree}
          department={search.department}
          onClose={() => setCreating(false)}
          onMade={(id) => {
            setCreating(false);
            change({ user: id });
          }}
        />
      )}
    </div>
  );
}
