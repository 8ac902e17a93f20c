// From when to when; either end may be open.

import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Period } from "./search";

export function PeriodPicker({
  value,
  onChange,
  narrow,
}: {
  value: Period;
  onChange: (value: Period) => void;
  narrow: boolean;
}) {
  const { t } = useTranslation("audit");
  const now = dayjs();
  if (narrow) {
    const one = (end: "from" | "to") => (
      <DatePicker
        aria-label={t(`filter.${end}`)}
        placeholder={t(`filter.${end}`)}
        showTime={{ format: "HH:mm" }}
        format="YYYY-MM-DD HH:mm"
        value={value[end] === undefined ? null : dayjs(value[end])}
        onChange={(day) => onChange({ ...value, [end]: day ? day.valueOf() : undefined })}
        style={{ width: "100%" }}
      />
    );
    return (
      <div className="period-narrow">
        {one("from")}
        {one("to")}
      </div>
    );
  }
  return (
    <DatePicker.RangePicker
      aria-label={t("filter.period")}
      allowEmpty={[true, true]}
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      placeholder={[t("filter.from"), t("filter.to")]}
      presets={[
        { label: t("filter.last24"), value: [now.subtract(1, "day"), now] },
        { label: t("filter.last7"), value: [now.subtract(7, "day"), now] },
        { label: t("filter.last30"), value: [now.subtract(30, "day"), now] },
      ]}
      value={[value.from === undefined ? null : dayjs(value.from), value.to === undefined ? null : dayjs(value.to)]}
      onChange={(range) =>
        onChange({
          ...(range?.[0] ? { from: range[0].valueOf() } : {}),
          ...(range?.[1] ? { to: range[1].valueOf() } : {}),
        })
      }
    />
  );
}
