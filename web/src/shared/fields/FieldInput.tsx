// The input for a field's value, by its type. Values are in the API's form, so that a form's state is what is sent.

import { DatePicker, Input, InputNumber, Select, Skeleton } from "antd";
import dayjs from "dayjs";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { FieldForm, FieldValue } from "@/api/types";
import { useLabel } from "@/i18n";
import { UserPicker } from "./PersonPicker";
import { RecordPicker } from "./RecordPicker";

const AddressInput = lazy(() => import("../address/AddressInput"));

export type InputProps = {
  field: Pick<FieldForm, "type" | "name"> & Partial<Pick<FieldForm, "label">>;
  value?: FieldValue | undefined;
  onChange?: (value: FieldValue) => void;
  customer?: string | undefined;
  id?: string;
  disabled?: boolean;
  "aria-label"?: string;
};

export function FieldInput({ field, value, onChange, customer, ...rest }: InputProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { type } = field;
  const text = typeof value === "string" ? value : "";
  const give = (next: FieldValue) => onChange?.(next);
  const typed = (e: { target: { value: string } }) => give(e.target.value === "" ? null : e.target.value);
  const options = (type.options ?? []).map((o) => ({ value: o.value, label: label(o.label) }));
  switch (type.kind) {
    case "long_text":
      return <Input.TextArea {...rest} value={text} onChange={typed} rows={3} maxLength={20_000} />;
    case "number":
    case "money":
      return (
        <InputNumber<number>
          {...rest}
          value={typeof value === "number" ? value : null}
          onChange={(n) => give(n)}
          precision={type.scale ?? 0}
          style={{ width: "100%" }}
        />
      );
    case "bool":
      return (
        <Select
          {...rest}
          allowClear
          value={typeof value === "boolean" ? String(value) : null}
          onChange={(v: string | null | undefined) => give(v === undefined || v === null ? null : v === "true")}
          options={[
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]}
        />
      );
    case "date":
      return (
        <DatePicker
          {...rest}
          value={text ? dayjs(text) : null}
          onChange={(d) => give(d ? d.format("YYYY-MM-DD") : null)}
          style={{ width: "100%" }}
        />
      );
    case "date_time":
      return (
        <DatePicker
          {...rest}
          showTime={{ format: "HH:mm" }}
          format="YYYY-MM-DD HH:mm"
          value={text ? dayjs(text) : null}
          onChange={(d) => give(d ? d.toISOString() : null)}
          style={{ width: "100%" }}
        />
      );
    case "choice":
      return (
        <Select
          {...rest}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          value={text || null}
          onChange={(v: string | null | undefined) => give(v ?? null)}
          options={options}
          style={{ width: "100%" }}
        />
      );
    case "multi_choice":
      return (
        <Select
          {...rest}
          mode="multiple"
          allowClear
          value={Array.isArray(value) ? value : []}
          onChange={(v: string[]) => give(v.length > 0 ? v : null)}
          options={options}
          style={{ width: "100%" }}
        />
      );
    case "address":
      return (
        <Suspense fallback={<Skeleton.Input active block />}>
          <AddressInput {...rest} title={field.label && label(field.label)} value={value} onChange={give} />
        </Suspense>
      );
    case "reference":
      return (
        <RecordPicker {...rest} object={type.object ?? ""} customer={customer} value={text || null} onChange={give} />
      );
    case "user":
      return <UserPicker {...rest} value={text || null} onChange={give} />;
    case "phone":
      return <Input {...rest} type="tel" value={text} onChange={typed} maxLength={40} />;
    case "email":
      return <Input {...rest} type="email" value={text} onChange={typed} maxLength={254} />;
    case "url":
      return <Input {...rest} type="url" value={text} onChange={typed} maxLength={2000} placeholder="https://" />;
    default:
      return <Input {...rest} value={text} onChange={typed} maxLength={type.max ?? 400} />;
  }
}
