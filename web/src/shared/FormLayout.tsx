// A form as somebody would have it, without a value in it: which fields are there, masked, locked or open.

import { Empty } from "antd";
import { useTranslation } from "react-i18next";
import type { FieldForm, LayoutForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { LockIcon } from "./icons";
import { LaidOut } from "./LaidOut";
import { arrange } from "./layout";

type Shown = Pick<FieldForm, "name" | "label" | "type" | "required" | "level">;

export function FormLayout({ fields, layout }: { fields: readonly Shown[]; layout?: LayoutForm | undefined }) {
  const { t } = useTranslation();
  const label = useLabel();
  if (fields.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("layout.none")} />;
  // Without values nothing is hidden by a condition: who previews a form looks at all of it.
  const tabs = arrange(fields, layout && { tabs: layout.tabs }, {});
  return (
    <LaidOut
      tabs={tabs}
      render={(field) => {
        const wide = ["long_text", "address", "attachment"].includes(field.type.kind);
        const open = field.level === "editable";
        return (
          <div key={field.name} className={wide ? "form-wide form-locked" : "form-locked"}>
            <span className="form-locked-label">
              {label(field.label)}
              {field.required && open && <span aria-hidden="true"> *</span>} {!open && <LockIcon />}
            </span>
            <span className={open ? "layout-input" : "layout-input layout-closed"}>
              {field.level === "masked" ? "******" : "\u00a0"}
            </span>
            <span className="muted form-locked-why">{t(`layout.${field.level as "masked"}`)}</span>
          </div>
        );
      }}
    />
  );
}
