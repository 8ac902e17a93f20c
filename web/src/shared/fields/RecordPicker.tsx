// Choose a record by searching for it. Nothing is listed before two characters are typed: a list is a disclosure.

import { useQuery } from "@tanstack/react-query";
import { Empty, Select, Spin } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useTitle } from "./titles";

function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

type Props = {
  object: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
  /** Only records of this customer. */
  customer?: string | undefined;
  id?: string;
  disabled?: boolean;
  "aria-label"?: string;
};

export function RecordPicker({ object, value, onChange, customer, id, disabled, ...rest }: Props) {
  const { t } = useTranslation(["records", "common"]);
  const label = useLabel();
  const { workspace } = useMe();
  const form = workspace.objects.find((o) => o.name === object);
  const title = form?.title_field ?? undefined;
  const [typed, setTyped] = useState("");
  const settled = useSettled(typed.trim(), 300);
  const searchable = form?.fields.some((f) => f.search !== "none") ?? false;
  const asked = customer !== undefined || settled.length >= 2;
  const found = useQuery({
    queryKey: ["pick", object, settled, customer],
    enabled: title !== undefined && asked && (settled.length >= 2 || customer !== undefined),
    queryFn: () =>
      data(
        api.GET("/api/v1/records/{object}", {
          params: {
            path: { object },
            query: {
              limit: 20,
              fields: title as string,
              ...(searchable && settled.length >= 2 ? { search: settled } : {}),
              ...(customer !== undefined ? { customer } : {}),
            },
          },
        }),
      ),
  });
  const chosen = useTitle(object, value);
  const options = (found.data?.items ?? []).map((r) => ({
    value: r.id,
    label: String(r.fields[title ?? ""] ?? t("records:untitled")),
  }));
  if (value && !options.some((o) => o.value === value)) {
    options.unshift({ value, label: chosen.kind === "known" ? chosen.text : t("records:notToBeKnown") });
  }
  const note = found.isFetching ? (
    <Spin size="small" />
  ) : found.error ? (
    label(asProblem(found.error).help)
  ) : !asked ? (
    t("records:typeTwo")
  ) : (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("records:noneFound")} />
  );
  return (
    <Select
      {...rest}
      {...(id ? { id } : {})}
      disabled={disabled ?? false}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value ?? null}
      onChange={(next: string | null | undefined) => onChange?.(next ?? null)}
      options={options}
      notFoundContent={note}
      placeholder={t("records:searchFor", { object: form ? label(form.label) : object })}
      style={{ width: "100%" }}
    />
  );
}
