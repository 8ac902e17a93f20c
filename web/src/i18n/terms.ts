// The house's words for operations, decisions and channels, as the API names them (docs/glossary.md).

import { useTranslation } from "react-i18next";
import type { Shape } from "./shape";

export const zh = {
  action: {
    list: "列表",
    view: "查看",
    reveal: "查看明文",
    create: "新建",
    edit: "编辑",
    delete: "删除",
    export: "导出",
    import: "导入",
    transfer: "转移",
    share: "共享",
    merge: "合并",
    print: "打印",
    approve: "审批",
    erase: "销毁",
    who_looked: "查看访问记录",
    user: { manage: "用户与部门管理" },
    role: { assign: "角色授予" },
    policy: { manage: "权限策略管理" },
    object: { manage: "对象与字段管理" },
    setting: { manage: "系统设置" },
    key: { manage: "密钥管理" },
    hold: { manage: "依法保全" },
    backup: "备份",
    audit: { read: "审计日志查询", evidence: "存证导出" },
    access: { explain: "权限查询" },
    directory: { read: "组织与权限查看" },
    retention: { apply: "留存期限执行" },
    sign_in: "登录",
    sign_out: "退出",
    session: { revoke: "会话撤销" },
    token: { manage: "令牌管理" },
    password: { change: "修改密码" },
    mfa: { change: "多因素认证变更" },
    self: { read: "查看本人资料" },
    node: { start: "节点启动", stop: "节点停止" },
  },
  decision: {
    allowed: "允许",
    refused: "拒绝",
    conflict: "冲突",
    intent: "开始",
    unknown: "结果未知",
    failed: "失败",
  },
  channel: {
    web: "网页",
    api: "接口",
    cli: "命令行",
    import: "导入",
    export: "导出",
    job: "任务",
    agent: "智能体",
    demo: "演示数据",
  },
} as const;

export const en: Shape<typeof zh> = {
  action: {
    list: "List",
    view: "View",
    reveal: "Show in the clear",
    create: "Create",
    edit: "Edit",
    delete: "Delete",
    export: "Export",
    import: "Import",
    transfer: "Transfer",
    share: "Share",
    merge: "Merge",
    print: "Print",
    approve: "Approve",
    erase: "Erase",
    who_looked: "Ask who looked",
    user: { manage: "Manage users and departments" },
    role: { assign: "Give roles" },
    policy: { manage: "Manage the policy" },
    object: { manage: "Manage objects and fields" },
    setting: { manage: "Settings" },
    key: { manage: "Manage keys" },
    hold: { manage: "Legal hold" },
    backup: "Back up",
    audit: { read: "Read the access log", evidence: "Take evidence" },
    access: { explain: "Permission query" },
    directory: { read: "See people and permissions" },
    retention: { apply: "Apply retention" },
    sign_in: "Sign in",
    sign_out: "Sign out",
    session: { revoke: "End sessions" },
    token: { manage: "Manage tokens" },
    password: { change: "Change password" },
    mfa: { change: "Change second factor" },
    self: { read: "See own account" },
    node: { start: "Node started", stop: "Node stopped" },
  },
  decision: {
    allowed: "allowed",
    refused: "refused",
    conflict: "conflict",
    intent: "begun",
    unknown: "outcome unknown",
    failed: "failed",
  },
  channel: {
    web: "web",
    api: "API",
    cli: "command line",
    import: "import",
    export: "export",
    job: "job",
    agent: "agent",
    demo: "demo data",
  },
};

/** A word of the API in the language chosen; one that this console does not know stands as it is. */
export function useTerms(): (kind: "action" | "decision" | "channel", word: string) => string {
  const { i18n, t } = useTranslation("terms");
  return (kind, word) => {
    const key = `${kind}.${word}`;
    // The words come from the server, which may be newer: whether they are known is looked up, not typed.
    return i18n.exists(`terms:${key}`) ? (t as (key: string) => string)(key) : word;
  };
}
