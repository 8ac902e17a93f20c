import type { Shape } from "@/i18n/shape";

export const zh = {
  title: "可能已有相同的{{object}}",
  text: "查重已记录。请先核对，再决定是否新建。",
  same: "{{field}}相同：",
  pool: "在公海",
  other: "他人负责",
  exists: "已存在",
  anyway: "仍然新建",
} as const;

export const en: Shape<typeof zh> = {
  title: "There may be such a record already ({{object}})",
  text: "The look-up was recorded. Check first, then decide.",
  same: "Same {{field}}:",
  pool: "one in a public pool",
  other: "one of somebody else",
  exists: "one that you may not see",
  anyway: "Make it anyway",
};
