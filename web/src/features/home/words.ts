import type { Shape } from "@/i18n/shape";

export const zh = {
  greeting: "{{name}}，您好",
  recent: "最近查看",
  recentEmpty: "您打开过的记录会列在这里。",
  due: "待跟进",
  dueEmpty: "没有到期的跟进。",
  overdue: "已逾期",
  today: "今天",
  noData: "您的角色不能查看客户数据，这里是与您职责有关的事项。",
  week: {
    title: "最近 7 天的访问",
    events: "全部事件",
    refused: "被拒绝",
    reveal: "查看明文",
    export: "导出",
    print: "打印",
    break_glass: "紧急访问",
  },
  grants: {
    emergency: "进行中的紧急访问",
    unreviewed: "尚未复核的紧急访问",
    shares: "经申请给予的共享",
    rules: "个人临时权限",
    next: "最早到期：{{time}}",
  },
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
  noData: "Your role sees no customer data. This is what your duties ask of you.",
  week: {
    title: "Accesses of the last 7 days",
    events: "All events",
    refused: "Refused",
    reveal: "Reveals",
    export: "Exports",
    print: "Prints",
    break_glass: "Emergency access",
  },
  grants: {
    emergency: "Emergency access in force",
    unreviewed: "Emergency access not yet reviewed",
    shares: "Shares given on request",
    rules: "Temporary rights of people",
    next: "First to end: {{time}}",
  },
  all: "Show all",
};
