// Why a line was rejected, in words.

import { useTranslation } from "react-i18next";

export function useCode(): (code: string) => string {
  const { t, i18n } = useTranslation("feeds");
  return (code) => {
    const key = `codes.${code}`;
    return i18n.exists(`feeds:${key}`) ? (t as (key: string) => string)(key) : code;
  };
}
