// One person out of those who work here.

import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAccountOptions } from "../directory";
import { useColleagues } from "./people";

export type PickerProps = {
  value?: string | null;
  onChange?: (id: string | null) => void;
  id?: string;
  "aria-label"?: string;
  className?: string;
  placeholder?: string;
  disabled?: boolean;
  allowClear?: boolean;
};

function PersonSelect({ value, onChange, ...rest }: PickerProps & { options: { value: string; label: string }[] }) {
  return (
    <Select
      {...(rest.className ? {} : { style: { width: "100%" } })}
      {...rest}
      showSearch={{ optionFilterProp: "label" }}
      value={value ?? null}
      onChange={(next: string | null | undefined) => onChange?.(next ?? null)}
    />
  );
}

/** A colleague: those who are active, by name. */
export function UserPicker(props: PickerProps) {
  const { t } = useTranslation("records");
  const { list } = useColleagues();
  return (
    <PersonSelect
      allowClear
      placeholder={t("choosePerson")}
      {...props}
      options={list.map((c) => ({ value: c.id, label: c.name }))}
    />
  );
}

/** An account, disabled ones too, for those who read the directory; `except` is left out. */
export function AccountPicker({ except, ...props }: PickerProps & { except?: string }) {
  const options = useAccountOptions();
  return <PersonSelect {...props} options={options.filter((o) => o.value !== except)} />;
}
