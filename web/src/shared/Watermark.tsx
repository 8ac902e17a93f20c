// The viewer's name and the time, over pages with personal data: a photograph of the screen says whose it was.
//
// Drawn as a picture of its own rather than by the component library, which writes style attributes that the policy forbids.

import { type ReactNode, useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useThemeChoice } from "@/theme/ThemeProvider";
import { formatTime } from "./format";
import { useBeforePrint } from "./useBeforePrint";
import "./watermark.css";

const MINUTE = 60_000;

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** A tile with the lines of text, slanted. */
function tile(lines: string[], color: string): string {
  const texts = lines.map((line, n) => `<text x="20" y="${96 + n * 20}">${escaped(line)}</text>`).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><g fill="${color}" font-family="sans-serif" font-size="13" transform="rotate(-18 160 100)">${texts}</g></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}

export function Watermark({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { me } = useMe();
  const { isDark } = useThemeChoice();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  useBeforePrint(() => setNow(Date.now()));
  const [screen, paper] = useMemo(() => {
    const lines = [t("watermark.viewedBy", { name: me.user.name, time: formatTime(now) }), me.user.login];
    // On paper a little stronger, for what copies take away, and dark whatever the screen is.
    return [isDark ? "rgb(255 255 255 / 7%)" : "rgb(20 40 70 / 7%)", "rgb(20 40 70 / 14%)"].map((c) => tile(lines, c));
  }, [isDark, me, now, t]);
  return (
    <>
      {children}
      {createPortal(
        <>
          <div className="watermark no-print" aria-hidden="true" style={{ backgroundImage: screen }} />
          <div className="watermark print-only" aria-hidden="true" style={{ backgroundImage: paper }} />
        </>,
        document.body,
      )}
    </>
  );
}
