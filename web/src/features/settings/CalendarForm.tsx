// When the office is open: conditions on office hours go by this calendar, in this time zone.

import { Button, DatePicker, Form, Input, Select, Space, Tag } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { type Calendar, CHINA, days, readHours, sorted, writeHours } from "./calendar";
import { useSave } from "./useSave";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export function CalendarForm({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation(["settings", "common"]);
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(["settings"]);
  const [zone, setZone] = useState(calendar.time_zone);
  const [week, setWeek] = useState(() => calendar.week.map(writeHours));
  const [holidays, setHolidays] = useState(() => sorted(calendar.holidays));
  const [worked, setWorked] = useState(() => sorted(calendar.working_days));
  const zones = useMemo(
    () => sorted([...Intl.supportedValuesOf("timeZone"), zone]).map((value) => ({ value, label: value })),
    [zone],
  );
  const read = week.map(readHours);
  const wrong = read.includes(undefined);
  const next = { time_zone: zone, week: read, holidays, working_days: worked };
  const before = {
    ...calendar,
    holidays: sorted(calendar.holidays),
    working_days: sorted(calendar.working_days),
  };
  const dirty =
    JSON.stringify(next) !==
    JSON.stringify({
      time_zone: before.time_zone,
      week: before.week,
      holidays: before.holidays,
      working_days: before.working_days,
    });
  const { setDirty } = unsaved;
  useEffect(() => setDirty(dirty), [dirty, setDirty]);
  const take = (year: string) => {
    const preset = CHINA[year];
    if (!preset) return;
    setHolidays(sorted([...holidays, ...preset.holidays.flatMap(([a, b]) => days(a, b))]));
    setWorked(sorted([...worked, ...preset.worked]));
  };
  return (
    <div className="panel start-panel">
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form layout="vertical" component="div" disabled={busy}>
        <Form.Item label={t("zone")} htmlFor="calendar-zone">
          <Select
            id="calendar-zone"
            showSearch={{ optionFilterProp: "label" }}
            value={zone}
            onChange={setZone}
            options={zones}
          />
        </Form.Item>
        <fieldset className="calendar-week">
          <legend>{t("week")}</legend>
          <p className="muted">{t("weekHelp")}</p>
          {DAYS.map((day, n) => (
            <div key={day} className="calendar-day">
              <label htmlFor={`calendar-${day}`}>{t(`day.${day}`)}</label>
              <Input
                id={`calendar-${day}`}
                className="mono"
                maxLength={120}
                placeholder={t("closed")}
                value={week[n] ?? ""}
                onChange={(e) => setWeek(week.map((w, i) => (i === n ? e.target.value : w)))}
                {...(read[n] === undefined ? { status: "error" as const, "aria-invalid": true } : {})}
              />
            </div>
          ))}
          {wrong && <p role="alert">{t("badHours")}</p>}
        </fieldset>
        <Days title={t("holidays")} list={holidays} onChange={setHolidays} />
        <Days title={t("worked")} list={worked} onChange={setWorked} />
        <Space wrap>
          <Button
            type="primary"
            loading={busy}
            disabled={!dirty || wrong}
            onClick={() => void save(() => api.PATCH("/api/v1/admin/settings", { body: { calendar: next } as never }))}
          >
            {t("common:save")}
          </Button>
          {Object.keys(CHINA).map((year) => (
            <Button key={year} onClick={() => take(year)}>
              {t("preset", { year })}
            </Button>
          ))}
        </Space>
      </Form>
    </div>
  );
}

function Days({ title, list, onChange }: { title: string; list: string[]; onChange: (list: string[]) => void }) {
  const { t } = useTranslation("settings");
  return (
    <fieldset className="calendar-week">
      <legend>{title}</legend>
      <div className="calendar-days">
        {list.map((day) => (
          <Tag
            key={day}
            closable={{ "aria-label": t("removeDay", { day }) }}
            onClose={(e) => {
              e.preventDefault();
              onChange(list.filter((d) => d !== day));
            }}
          >
            {day}
          </Tag>
        ))}
        {list.length === 0 && <span className="muted">{t("noDays")}</span>}
      </div>
      <DatePicker.RangePicker
        aria-label={t("addDays", { what: title })}
        value={null}
        onChange={(range) => {
          const [first, last] = range ?? [];
          if (first && last)
            onChange(sorted([...list, ...days(first.format("YYYY-MM-DD"), last.format("YYYY-MM-DD"))]));
        }}
      />
    </fieldset>
  );
}
