// Evidence chosen from what one can read oneself; what stands there already stays to choose.

import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/i18n";
import { type Evidence, useChoices } from "./assessments";

type Props = { known: Evidence[]; value?: string[]; onChange?: (value: string[]) => void; id?: string };

export function EvidencePicker({ known, ...field }: Props) {
  const { t } = useTranslation("assessments");
  const label = useLabel();
  const choices = useChoices();
  const all = new Map([...known, ...(choices.data?.evidence ?? [])].map((e) => [e.item, e]));
  const options = [...all.values()].map((e) => ({
    value: e.item,
    label: e.there ? `${label(e.title)} · ${label(e.note)}` : `${e.item} · ${t("gone")}`,
  }));
  return (
    <Select<string[]>
      {...field}
      mode="multiple"
      allowClear
      loading={choices.isPending}
      showSearch={{ optionFilterProp: "label" }}
      options={options}
      maxTagTextLength={24}
    />
  );
}
