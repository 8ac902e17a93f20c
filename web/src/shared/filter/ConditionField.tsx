// A condition as one field of a form: told in a line, built in a dialog.

import { Button, Modal, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { FilterBuilder, type FilterField } from "./FilterBuilder";
import { told } from "./told";

export function ConditionField({
  id,
  fields,
  title,
  none,
  value,
  disabled,
  onChange,
}: {
  id?: string;
  fields: FilterField[];
  title: string;
  /** What is said where there is no condition. */
  none: string;
  value?: Condition | null;
  disabled?: boolean;
  onChange?: (condition: Condition | null) => void;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const [open, setOpen] = useState(false);
  const name = (field: string) => {
    const known = fields.find((f) => f.name === field);
    return known ? label(known.label) : field;
  };
  return (
    <Space wrap>
      <span>{value ? told(value, name) : none}</span>
      <Button {...(id ? { id } : {})} size="small" disabled={disabled ?? false} onClick={() => setOpen(true)}>
        {t("filter.set")}
      </Button>
      {value && (
        <Button size="small" type="text" disabled={disabled ?? false} onClick={() => onChange?.(null)}>
          {t("filter.clear")}
        </Button>
      )}
      <Modal open={open} width={720} title={title} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        <FilterBuilder
          fields={fields}
          value={value ?? undefined}
          onApply={(condition) => {
            onChange?.(condition ?? null);
            setOpen(false);
          }}
        />
      </Modal>
    </Space>
  );
}
