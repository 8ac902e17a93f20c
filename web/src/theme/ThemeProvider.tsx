// Light, dark or as the system; antd's locale and style nonce; the house's colours as CSS variables for its own styles.

import { App, ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useLanguage } from "@/i18n";
import { useBranding } from "@/shared/branding";
import { nonce } from "./nonce";
import { dark, light } from "./tokens";
import "./global.css";

export type ThemeChoice = "light" | "dark" | "system";
const KEPT = "whosaw.theme";

type ThemeState = { choice: ThemeChoice; choose: (choice: ThemeChoice) => void; isDark: boolean };
const ThemeContext = createContext<ThemeState | undefined>(undefined);

const preferred = window.matchMedia("(prefers-color-scheme: dark)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

/** The ground with six hundredths of the colour: no darker, or lighter, than what the accent's contrast was checked on. */
function tinted(colour: string, ground: string): string {
  const channel = (text: string, at: number) => Number.parseInt(text.slice(at, at + 2), 16);
  const mix = (at: number) => Math.round(channel(ground, at) * 0.94 + channel(colour, at) * 0.06);
  return `#${[1, 3, 5].map((at) => mix(at).toString(16).padStart(2, "0")).join("")}`;
}

/** What the component library's dark theme, which takes 85 parts of a colour to 15 of its ground #141414, makes the colour of. */
function undimmed(colour: string): string {
  const channel = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const seed = (at: number) => Math.min(255, Math.max(0, Math.round((channel(at) - 0x14 * 0.15) / 0.85)));
  return `#${[1, 3, 5].map((at) => seed(at).toString(16).padStart(2, "0")).join("")}`;
}

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (tell) => {
      query.addEventListener("change", tell);
      return () => query.removeEventListener("change", tell);
    },
    () => query.matches,
  );
}

function kept(): ThemeChoice {
  const value = localStorage.getItem(KEPT);
  return value === "light" || value === "dark" ? value : "system";
}

/** The tokens the house's own style sheet uses. */
function Variables({ isDark }: { isDark: boolean }) {
  const { token } = theme.useToken();
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = isDark ? "dark" : "light";
    const variables: Record<string, string> = {
      "--text": token.colorText,
      "--text-2": token.colorTextSecondary,
      "--text-3": token.colorTextTertiary,
      "--accent": token.colorPrimary,
      "--accent-bg": token.colorPrimaryBg,
      "--accent-text": token.colorLink,
      "--bg": token.colorBgContainer,
      "--bg-raised": token.colorBgElevated,
      "--bg-layout": token.colorBgLayout,
      "--bg-hover": token.colorFillQuaternary,
      "--bg-head": token.colorFillAlter,
      "--line": token.colorBorderSecondary,
      "--line-strong": token.colorBorder,
      "--danger": token.colorError,
      "--warning": token.colorWarning,
      "--warning-bg": token.colorWarningBg,
      "--font": token.fontFamily,
    };
    for (const [name, value] of Object.entries(variables)) root.style.setProperty(name, value);
  }, [token, isDark]);
  return null;
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(kept);
  const systemDark = useMedia(preferred);
  const reduced = useMedia(calm);
  const language = useLanguage();
  const accent = useBranding()?.accent;
  const isDark = choice === "system" ? systemDark : choice === "dark";
  useEffect(() => {
    dayjs.locale(language === "en" ? "en" : "zh-cn");
  }, [language]);
  const state = useMemo<ThemeState>(
    () => ({
      choice,
      isDark,
      choose: (next) => {
        localStorage.setItem(KEPT, next);
        setChoice(next);
      },
    }),
    [choice, isDark],
  );
  const tokens = useMemo(() => {
    const chosen = isDark ? dark : light;
    const own = accent?.[isDark ? "dark" : "light"];
    if (own === undefined) return { ...chosen, token: { ...chosen.token, motion: !reduced } };
    // What is derived from a colour this dark would be a muddy ground: a little of it on the page's own can be written on.
    const ground = tinted(own, isDark ? "#171d26" : "#ffffff");
    const seed = isDark ? undimmed(own) : own;
    const coloured = { colorPrimary: seed, colorLink: seed, colorPrimaryBg: ground, colorPrimaryBgHover: ground };
    return { ...chosen, token: { ...chosen.token, ...coloured, motion: !reduced } };
  }, [isDark, reduced, accent]);
  return (
    <ThemeContext value={state}>
      <ConfigProvider
        theme={tokens}
        locale={language === "en" ? enUS : zhCN}
        csp={nonce ? { nonce } : {}}
        button={{ autoInsertSpace: false }}
      >
        <Variables isDark={isDark} />
        <App>{children}</App>
      </ConfigProvider>
    </ThemeContext>
  );
}

export function useThemeChoice(): ThemeState {
  const state = useContext(ThemeContext);
  if (state === undefined) throw new Error("useThemeChoice outside of ThemeProvider");
  return state;
}
