import type { Shape } from "@/i18n/shape";

export const zh = {
  greeting: "{{name}}，您好",
  recent: "最近查看",
  recentEmpty: "您打开过的记录会列在这里。",
  due: "待跟进",
  dueEmpty: "没有到期的跟进。",
  overdue: "已逾期",
  today: "今天",
  openList: "打开{{object}}",
  noData: "您的角色不能查看客户数据，请从左侧导航进入您的工作。",
  all: "查看全部",
} as const;

export const en: Shape<typeof zh> = {
  greeting: "Hello, {{name}}",
  recent: "Recently opened",
  recentEmpty: "Records you open are listed here.",
  due: "Follow-ups due",
  dueEmpty: "No follow-up is due.",
  overdue: "overdue",
  today: "today",
  openList: "Open {{object}}",
  noData: "Your role sees no customer data. Your work is in the navigation.",
  all: "Show all",
};
