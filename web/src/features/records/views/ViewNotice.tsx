// What of a view is not shown, in words that name no field: its name may be what is hidden.

import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Views } from "./useViews";

export function ViewNotice({ views, onLeave }: { views: Views; onLeave: () => void }) {
  const { t } = useTranslation(["views", "common"]);
  if (views.gone)
    return (
      <Alert
        type="warning"
        showIcon
        className="view-notice"
        title={t("gone")}
        action={
          <Button size="small" onClick={onLeave}>
            {t("plain")}
          </Button>
        }
      />
    );
  const parts = views.active?.left_out ?? [];
  if (parts.length === 0) return null;
  const names = parts.map((part) => t(`parts.${part as "filter" | "sort" | "columns" | "mode"}`));
  return (
    <Alert
      type="info"
      showIcon
      closable
      className="view-notice"
      title={t("leftOut", { parts: names.join(t("common:listComma")) })}
    />
  );
}
