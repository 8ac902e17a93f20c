// A form as somebody would have it, without a value in it: which fields are there, masked, locked or open.

import { Empty } from "antd";
import { useTranslation } from "react-i18next";
import type { FieldForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { LockIcon } from "./icons";

type Shown = Pick<FieldForm, "name" | "label" | "type" | "required" | "level">;

export function FormLayout({ fields }: { fields: readonly Shown[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  if (fields.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("layout.none")} />;
  return (
    <div className="form-grid">
      {fields.map((field) => {
        const wide = field.type.kind === "long_text" || field.type.kind === "address";
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
      })}
    </div>
  );
}
