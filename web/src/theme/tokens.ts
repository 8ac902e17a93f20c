// The house's look: calm, dense, Chinese typography first. One accent, four greys, one spacing step of 4 px.
// Secondary text is darker than antd's own so that it has a contrast of at least 4.5:1 (WCAG 2.2 AA).

import { type ThemeConfig, theme } from "antd";

const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const shape: ThemeConfig["token"] = {
  fontFamily: FONT,
  fontSize: 14,
  borderRadius: 6,
  wireframe: false,
  motionDurationMid: "0.12s",
  motionDurationSlow: "0.16s",
};

export const light: ThemeConfig = {
  token: {
    ...shape,
    colorPrimary: "#1f5499",
    colorPrimaryBg: "#e8f0fa",
    colorPrimaryBgHover: "#d6e4f5",
    colorInfo: "#1f5499",
    colorLink: "#1f5499",
    colorSuccess: "#23743f",
    colorWarning: "#8a5a00",
    colorError: "#b3261e",
    // What is derived from colours this dark would be a muddy ground.
    colorInfoBg: "#e8f0fa",
    colorInfoBorder: "#b9cfec",
    colorSuccessBg: "#e9f5ed",
    colorSuccessBorder: "#b4dcc1",
    colorWarningBg: "#fdf3dd",
    colorWarningBorder: "#ecd08f",
    colorErrorBg: "#fcebea",
    colorErrorBorder: "#efb9b5",
    colorBgLayout: "#f4f6f9",
    colorText: "#1a2330",
    colorTextSecondary: "#46536a",
    colorTextTertiary: "#5a6679",
    colorTextDescription: "#5a6679",
    colorTextPlaceholder: "#667085",
    colorBorder: "#c9d1dc",
    colorBorderSecondary: "#e3e8ef",
  },
};

export const dark: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shape,
    colorPrimary: "#5b96e5",
    colorPrimaryBg: "#1b2d45",
    colorPrimaryBgHover: "#233a58",
    colorInfo: "#7aabef",
    colorLink: "#8ab8f5",
    colorSuccess: "#5fbf80",
    colorWarning: "#dba13a",
    colorError: "#f0857d",
    colorBgLayout: "#10151c",
    colorBgContainer: "#171d26",
    colorBgElevated: "#1f2732",
    colorText: "#e3e9f1",
    colorTextSecondary: "#b3becd",
    colorTextTertiary: "#9dabbd",
    colorTextDescription: "#9dabbd",
    colorTextPlaceholder: "#94a1b3",
    // Text on the accent: the dark accent is light, so white on it would not be readable.
    colorTextLightSolid: "#0c1118",
    colorBorder: "#3a4656",
    colorBorderSecondary: "#2a3442",
  },
};
