// How an export stands, and how long its file still lasts.

import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

export type ExportsSearch = { tab?: "mine" | "all" | "trace"; state?: string; user?: string };

export const STATES = [
  "waiting",
  "approved",
  "rejected",
  "running",
  "ready",
  "sent",
  "cancelled",
  "failed",
  "expired",
  "withdrawn",
  "unknown",
] as const;
export type ExportState = (typeof STATES)[number];

export const isState = (text: string): text is ExportState => STATES.some((state) => state === text);

/** The present moment, anew every half minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** In words, how long until a file is destroyed. */
export function useLeft(): (until: number, now: number) => string {
  const { t } = useTranslation("exports");
  return (until, now) => {
    const minutes = Math.max(0, Math.ceil((until - now) / 60_000));
    const time = minutes >= 120 ? t("hours", { count: Math.floor(minutes / 60) }) : t("minutes", { count: minutes });
    return t("left", { time });
  };
}
