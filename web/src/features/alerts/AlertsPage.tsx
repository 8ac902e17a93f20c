// Alerts that wait for somebody to look at them, live.

import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Badge, Button, Checkbox, Empty, Select, Skeleton, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { AlertItem } from "@/api/types";
import { useDuty } from "@/app/session";
import { useLanguage } from "@/i18n";
import { useAccountOptions } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { SeverityTag, StateTag } from "./parts";
import { type AlertSearch, DAYS, FAMILIES, SEVERITIES, STATES, type State } from "./search";
import { TriageDialog } from "./TriageDialog";
import { refreshAlerts, type TriageWish, useAlerts, useLiveAlerts, useSound } from "./useAlerts";
import "./alerts.css";

/** The server takes so many at once. */
const MOST_PICKED = 200;

export function AlertsPage() {
  const { t } = useTranslation("alerts");
  const zh = useLanguage() !== "en";
  const { modal, message, notification } = App.useApp();
  const queries = useQueryClient();
  const search = useSearch({ from: "/alerts" });
  const navigate = useNavigate();
  const handles = useDuty("alert.handle");
  const sound = useSound();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [act, setAct] = useState<TriageWish["act"]>();
  const list = useAlerts(search);
  const title = (alert: AlertItem) => (zh ? alert.title_zh : alert.title_en);
  const live = useLiveAlerts(search, (alert) => {
    sound.play();
    // The newest alone: a storm is one notice, and all of it stands in the list.
    notification.warning({
      key: "alerts",
      title: t("new", { title: title(alert), who: alert.subject_name }),
      placement: "bottomRight",
      duration: 6,
    });
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const mine = rows.filter((row) => picked.has(row.id));
  const change = (next: AlertSearch) => void navigate({ to: "/alerts", search: next, replace: true });
  const filtered = Object.keys(search).some((key) => key !== "sort");
  const pick = (id: string, on: boolean) =>
    setPicked((ids) => {
      const next = new Set(ids);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  const triage = async (wish: TriageWish) => {
    const ids = mine.map((row) => row.id).slice(0, MOST_PICKED);
    const report = await data(api.POST("/api/v1/alerts/triage", { body: { ids, ...wish } }));
    const failed = report.items.filter((item) => item.code !== null);
    setPicked(new Set(failed.map((item) => item.id)));
    await refreshAlerts(queries);
    if (failed.length === 0) void message.success(t("done"));
    else
      modal.warning({
        title: t("report", { done: report.done, failed: failed.length }),
        content: (
          <ul>
            {failed.map((item) => {
              const row = mine.find((one) => one.id === item.id);
              return (
                <li key={item.id}>
                  {row ? `${title(row)} · ${row.subject_name}` : item.id}: {zh ? item.zh : item.en}
                </li>
              );
            })}
          </ul>
        ),
      });
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="muted asked-note">{t("text")}</span>
        <div className="grow" />
        {live.state === "lost" ? (
          <Button size="small" onClick={() => void live.again()}>
            {t("again")}
          </Button>
        ) : (
          <Badge status={live.state === "on" ? "processing" : "default"} text={t("live")} />
        )}
        <span className="alert-sound">
          <Switch id="alert-sound" size="small" checked={sound.on} onChange={sound.set} aria-label={t("sound")} />
          <label htmlFor="alert-sound">{t("sound")}</label>
        </span>
      </div>
      <Filters search={search} onChange={change} />
      {handles && mine.length > 0 && (
        <div className="alert-bar" role="toolbar" aria-label={t("picked", { count: mine.length })}>
          <strong>{t("picked", { count: mine.length })}</strong>
          <Button type="primary" onClick={() => setAct("close")}>
            {t("act.close")}
          </Button>
          <Button onClick={() => setAct("snooze")}>{t("act.snooze")}</Button>
          {mine.some((row) => row.state !== "open") && (
            <Button onClick={() => setAct("reopen")}>{t("act.reopen")}</Button>
          )}
        </div>
      )}
      {list.isPending ? (
        <div role="status" aria-label={t("title")}>
          <Skeleton active />
        </div>
      ) : list.isError && list.data === undefined ? (
        <ProblemAlert problem={asProblem(list.error)} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(filtered ? "noneFiltered" : "none")}>
          {filtered ? (
            <Button onClick={() => change({})}>{t("reset")}</Button>
          ) : (
            <p className="muted alert-none">{t("noneText")}</p>
          )}
        </Empty>
      ) : (
        <>
          {handles && (
            <Checkbox
              className="alert-all"
              checked={mine.length === rows.length}
              indeterminate={mine.length > 0 && mine.length < rows.length}
              onChange={(e) => setPicked(new Set(e.target.checked ? rows.slice(0, MOST_PICKED).map((r) => r.id) : []))}
            >
              {t("pickAll")}
            </Checkbox>
          )}
          <ul className="alert-list panel">
            {rows.map((row) => (
              <li key={row.id} className={live.fresh.has(row.id) ? "alert-row alert-fresh" : "alert-row"}>
                {handles && (
                  <Checkbox
                    aria-label={t("pick", { title: title(row), who: row.subject_name })}
                    disabled={row.barred !== null}
                    checked={picked.has(row.id)}
                    onChange={(e) => pick(row.id, e.target.checked)}
                  />
                )}
                <SeverityTag severity={row.severity} />
                <div className="alert-what">
                  <Link to="/alerts/$id" params={{ id: row.id }}>
                    {title(row)}
                  </Link>
                  {live.fresh.has(row.id) && <span className="alert-new">{t("fresh")}</span>}
                  <span className="alert-why">{zh ? row.why_zh : row.why_en}</span>
                </div>
                <div className="alert-who">
                  <strong>{row.subject_name}</strong>
                  <span className="muted">{t("events", { count: row.events })}</span>
                </div>
                <div className="alert-when">
                  <span>{formatTime(row.last_at)}</span>
                  <span>
                    <StateTag alert={row} />
                  </span>
                </div>
              </li>
            ))}
          </ul>
          {list.hasNextPage && (
            <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("more")}
            </Button>
          )}
        </>
      )}
      {act && <TriageDialog act={act} count={mine.length} onClose={() => setAct(undefined)} onDo={triage} />}
    </div>
  );
}

function Filters({ search, onChange }: { search: AlertSearch; onChange: (next: AlertSearch) => void }) {
  const { t } = useTranslation("alerts");
  const accounts = useAccountOptions();
  const set = <K extends keyof AlertSearch>(key: K, value: AlertSearch[K] | undefined) => {
    const { [key]: _, ...rest } = search;
    const empty = value === undefined || (Array.isArray(value) && value.length === 0);
    onChange(empty ? rest : { ...rest, [key]: value });
  };
  return (
    <div className="alert-filters">
      <Select
        mode="multiple"
        aria-label={t("filter.states")}
        placeholder={t("filter.states")}
        value={search.states ?? ["open"]}
        options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(states: State[]) => set("states", states.length === 1 && states[0] === "open" ? undefined : states)}
      />
      <Select
        mode="multiple"
        allowClear
        aria-label={t("filter.severities")}
        placeholder={t("filter.severities")}
        value={search.severities ?? []}
        options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
        onChange={(severities) => set("severities", severities)}
      />
      <Select
        mode="multiple"
        allowClear
        aria-label={t("filter.families")}
        placeholder={t("filter.families")}
        value={search.families ?? []}
        options={FAMILIES.map((value) => ({ value, label: t(`family.${value}`) }))}
        onChange={(families) => set("families", families)}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t("filter.user")}
        placeholder={t("filter.user")}
        options={accounts}
        {...(search.user ? { value: search.user } : {})}
        onChange={(user?: string) => set("user", user)}
      />
      <Select
        allowClear
        aria-label={t("filter.days")}
        placeholder={t("filter.days")}
        options={DAYS.map((value) => ({ value, label: t(`days.${value}`) }))}
        {...(search.days ? { value: search.days } : {})}
        onChange={(days?: (typeof DAYS)[number]) => set("days", days)}
      />
      <Select
        aria-label={t("filter.sort")}
        value={search.sort ?? "rank"}
        options={[
          { value: "rank", label: t("sort.rank") },
          { value: "recent", label: t("sort.recent") },
        ]}
        onChange={(sort) => set("sort", sort === "recent" ? "recent" : undefined)}
      />
    </div>
  );
}
