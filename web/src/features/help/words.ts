import type { Shape } from "@/i18n/shape";

export const zh = {
  title: "使用指南",
  pages: "指南目录",
  page: {
    index: "概述",
    rep: "销售专员",
    lead: "销售经理",
    trade: "合同、回款与仪表盘",
    auditor: "审计管理员",
    security: "安全管理员",
    admin: "系统管理员",
    exports: "导出与文件",
  },
  how: "查看使用指南",
} as const;

export const en: Shape<typeof zh> = {
  title: "User guide",
  pages: "Pages of the guide",
  page: {
    index: "Overview",
    rep: "Sales rep",
    lead: "Sales manager",
    trade: "Contracts, payments, dashboards",
    auditor: "Auditor",
    security: "Security administrator",
    admin: "System administrator",
    exports: "Exports",
  },
  how: "Read the user guide",
};
