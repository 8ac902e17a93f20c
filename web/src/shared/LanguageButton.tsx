// The other language, named in itself.

import { Button, type ButtonProps } from "antd";
import { useTranslation } from "react-i18next";
import { setLanguage, useLanguage } from "@/i18n";
import { LanguageIcon } from "./icons";

export function LanguageButton({ size }: Pick<ButtonProps, "size">) {
  const { t } = useTranslation();
  const other = useLanguage() === "en" ? "zh-CN" : "en";
  return (
    <Button
      type="text"
      {...(size ? { size } : {})}
      icon={<LanguageIcon />}
      lang={other}
      onClick={() => void setLanguage(other)}
    >
      {t("language.switch")}
    </Button>
  );
}
