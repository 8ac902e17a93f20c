// A list as a month: each record on the day of one of its dates. Asked for are the days that are shown, and of each record what
// stands for it and that date.

import { Alert, Button, Empty, Popover, Select, Skeleton, Space } from "antd";
import dayjs from "dayjs";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { Condition, FieldForm, FieldValue, ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { NextIcon, PreviousIcon } from "@/shared/icons";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { TitleLink } from "../list/columns";
import type { ListSearch } from "../list/search";
import { useList } from "../list/useList";
import { useOrder } from "../recent";
import { beside, dayOf, daysOf, monthOf, within } from "./month";
import "./calendar.css";

/** Records that a day shows; the others stand behind a button. */
const MOST = 4;

type Props = {
  object: ObjectForm;
  by: FieldForm;
  dates: FieldForm[];
  search: ListSearch;
  narrow: boolean;
  ask: (change: Partial<ListSearch>) => void;
};

export function Calendar({ object, by, dates, search, narrow, ask }: Props) {
  const { t, i18n } = useTranslation(["records", "common"]);
  const label = useLabel();
  const today = dayjs().format("YYYY-MM-DD");
  const month = search.month ?? monthOf(Date.now());
  const days = useMemo(() => daysOf(month), [month]);
  const here = within(by, days);
  const filter: Condition = search.filter ? { all: [search.filter, here] } : here;
  const list = useList(object, { ...search, filter, sort: by.name }, [by.name], true);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  useOrder(object.name, rows);
  const byDay = useMemo(() => {
    const found = new Map<string, RecordView[]>();
    for (const row of rows) {
      // A masked date has no day.
      const day = row.masked.includes(by.name) ? undefined : dayOf(row.fields[by.name] as FieldValue);
      if (day !== undefined) found.set(day, [...(found.get(day) ?? []), row]);
    }
    return found;
  }, [rows, by.name]);

  const locale = i18n.language === "en" ? "en" : "zh-CN";
  const inWords = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, options).format(dayjs(day).toDate());
  const title = inWords(`${month}-01`, { year: "numeric", month: "long" });
  const go = (to: string) => ask({ month: to === monthOf(Date.now()) ? undefined : to });
  const whole = (day: string) => inWords(day, { year: "numeric", month: "long", day: "numeric", weekday: "long" });

  const body = () => {
    if (list.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
    if (list.isError && rows.length === 0)
      return <ProblemPage problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
    if (narrow) {
      const filled = days.filter((day) => byDay.has(day));
      if (filled.length === 0)
        return (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t("calendar.none", { object: label(object.label), month: title })}
          >
            <Button onClick={() => go(beside(month, 1))}>{t("calendar.next")}</Button>
          </Empty>
        );
      return (
        <ul className="calendar-days">
          {filled.map((day) => (
            <li key={day}>
              <h2>{whole(day)}</h2>
              <Records object={object} rows={byDay.get(day) ?? []} />
            </li>
          ))}
        </ul>
      );
    }
    return (
      <table className="calendar-grid">
        <caption className="visually-hidden">
          {label(object.label)} · {label(by.label)} · {title}
        </caption>
        <thead>
          <tr>
            {days.slice(0, 7).map((day) => (
              <th key={day} scope="col">
                {inWords(day, { weekday: "short" })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .filter((_, n) => n % 7 === 0)
            .map((monday, week) => (
              <tr key={monday}>
                {days.slice(week * 7, week * 7 + 7).map((day) => (
                  <td key={day} data-other={!day.startsWith(month)} aria-current={day === today ? "date" : undefined}>
                    <time dateTime={day} title={whole(day)}>
                      {Number(day.slice(8))}
                    </time>
                    <Records object={object} rows={byDay.get(day) ?? []} most={MOST} day={whole(day)} />
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    );
  };
  return (
    <div className="panel calendar">
      <div className="calendar-head">
        <h2 aria-live="polite">{title}</h2>
        <Space.Compact>
          <Button
            icon={<PreviousIcon />}
            aria-label={t("calendar.previous")}
            title={t("calendar.previous")}
            onClick={() => go(beside(month, -1))}
          />
          <Button onClick={() => go(monthOf(Date.now()))}>{t("calendar.today")}</Button>
          <Button
            icon={<NextIcon />}
            aria-label={t("calendar.next")}
            title={t("calendar.next")}
            onClick={() => go(beside(month, 1))}
          />
        </Space.Compact>
        {dates.length > 1 && (
          <Select
            aria-label={t("calendar.by")}
            value={by.name}
            options={dates.map((f) => ({ value: f.name, label: label(f.label) }))}
            onChange={(name: string) => ask({ calendar: name })}
            popupMatchSelectWidth={false}
          />
        )}
        <span className="muted" role="status">
          {list.isSuccess && t("common:table.loaded", { count: rows.length })}
        </span>
      </div>
      {list.hasNextPage && (
        <Alert
          type="warning"
          showIcon
          title={t("calendar.more")}
          action={
            <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("common:table.loadMore")}
            </Button>
          }
        />
      )}
      {list.isFetchNextPageError && (
        <ProblemAlert problem={asProblem(list.error)} onRetry={() => void list.fetchNextPage()} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div className="calendar-body" role="region" aria-label={title} tabIndex={0}>
        {body()}
      </div>
    </div>
  );
}

type RecordsProps = { object: ObjectForm; rows: RecordView[]; most?: number; day?: string };

function Records({ object, rows, most = rows.length, day }: RecordsProps) {
  const { t } = useTranslation("records");
  if (rows.length === 0) return null;
  // One more than fits is shown rather than a button of the same height.
  const shown = rows.length <= most ? rows : rows.slice(0, most - 1);
  return (
    <>
      <ul className="calendar-records">
        {shown.map((row) => (
          <li key={row.id}>
            <TitleLink object={object} row={row} />
          </li>
        ))}
      </ul>
      {shown.length < rows.length && (
        <Popover
          trigger="click"
          title={day}
          content={
            <div className="calendar-rest">
              <Records object={object} rows={rows} />
            </div>
          }
        >
          <Button size="small" type="text" className="calendar-others">
            {t("calendar.others", { count: rows.length - shown.length })}
          </Button>
        </Popover>
      )}
    </>
  );
}
