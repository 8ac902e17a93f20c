// Cases as a list, as a board by state, and in figures.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Checkbox, Empty, Grid, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useDuty, useMe } from "@/app/session";
import { formatTime } from "@/shared/format";
import { PlusIcon } from "@/shared/icons";
import { PageTabs } from "@/shared/PageTabs";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { usePages } from "@/shared/usePages";
import { CaseBoard } from "./CaseBoard";
import { CaseFigures } from "./CaseFigures";
import { type CaseItem, useSubject } from "./cases";
import { OpenCase } from "./OpenCase";
import { Due, Flags, SeverityTag, StateTag } from "./parts";
import { type CasesSearch, SEVERITIES, STATES } from "./search";
import "./cases.css";

const PAGE = 50;
const itemsOf = (page: { items: CaseItem[] }) => page.items;

export function CasesPage() {
  const { t } = useTranslation("cases");
  const search = useSearch({ from: "/cases" });
  const navigate = useNavigate();
  const handles = useDuty("case.handle");
  const [opening, setOpening] = useState(false);
  const tab = search.tab ?? "list";
  const { tab: _, alerts, ...filter } = search;
  const close = () => {
    setOpening(false);
    if (alerts) void navigate({ to: "/cases", search: filter, replace: true });
  };
  return (
    <div className={tab === "list" ? "page page-fixed" : "page"}>
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="muted asked-note">{t("text")}</span>
        <div className="grow" />
        {handles && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => setOpening(true)}>
            {t("open")}
          </Button>
        )}
      </div>
      <PageTabs
        label={t("title")}
        active={tab}
        onChange={(key) =>
          void navigate({
            to: "/cases",
            search: { ...filter, ...(key === "list" ? {} : { tab: key as "board" }) },
            replace: true,
          })
        }
        tabs={[
          { key: "list", label: t("tab.list"), children: <Cases search={search} /> },
          { key: "board", label: t("tab.board"), children: <CaseBoard /> },
          { key: "figures", label: t("tab.figures"), children: <CaseFigures /> },
        ]}
      />
      {handles && (opening || alerts) && <OpenCase {...(alerts ? { alerts } : {})} onClose={close} />}
    </div>
  );
}

function Filters({ search }: { search: CasesSearch }) {
  const { t } = useTranslation("cases");
  const navigate = useNavigate();
  const go = (next: CasesSearch) => void navigate({ to: "/cases", search: next, replace: true });
  return (
    <div className="case-bar">
      <Select
        aria-label={t("filter.state")}
        className="case-filter"
        allowClear
        placeholder={t("filter.anyState")}
        options={[
          { value: "open", label: t("filter.open") },
          ...STATES.map((s) => ({ value: s, label: t(`state.${s}`) })),
        ]}
        {...(search.state ? { value: search.state } : {})}
        onChange={(state?: CasesSearch["state"]) => {
          const { state: _, ...rest } = search;
          go(state ? { ...rest, state } : rest);
        }}
      />
      <Select
        aria-label={t("filter.severity")}
        className="case-filter"
        allowClear
        placeholder={t("filter.anySeverity")}
        options={SEVERITIES.map((s) => ({ value: s, label: t(`severity.${s}`) }))}
        {...(search.severity ? { value: search.severity } : {})}
        onChange={(severity?: CasesSearch["severity"]) => {
          const { severity: _, ...rest } = search;
          go(severity ? { ...rest, severity } : rest);
        }}
      />
      <Checkbox
        checked={search.mine ?? false}
        onChange={({ target }) => {
          const { mine: _, ...rest } = search;
          go(target.checked ? { ...rest, mine: true } : rest);
        }}
      >
        {t("filter.mine")}
      </Checkbox>
      <Checkbox
        checked={search.overdue ?? false}
        onChange={({ target }) => {
          const { overdue: _, ...rest } = search;
          go(target.checked ? { ...rest, overdue: true } : rest);
        }}
      >
        {t("filter.overdue")}
      </Checkbox>
    </div>
  );
}

function Cases({ search }: { search: CasesSearch }) {
  const { t } = useTranslation("cases");
  const { user } = useMe().me;
  const subject = useSubject();
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const { state, severity, mine, overdue } = search;
  const filter = {
    ...(state === "open" ? { open: true } : state ? { state } : {}),
    ...(severity ? { severity } : {}),
    ...(mine ? { owner: user.id } : {}),
    ...(overdue ? { overdue } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["cases", "list", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/cases", {
          signal,
          params: { query: { limit: PAGE, ...filter, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const { table, failed } = usePages(list, itemsOf);
  const title = (row: CaseItem) => (
    <Link to="/cases/$id" params={{ id: row.id }} className="title-link">
      {row.title}
    </Link>
  );
  const columns: Column<CaseItem>[] = [
    { key: "title", title: t("col.title"), width: 260, pinned: true, render: title },
    { key: "severity", title: t("col.severity"), width: 90, render: (row) => <SeverityTag severity={row.severity} /> },
    {
      key: "state",
      title: t("col.state"),
      width: 220,
      render: (row) => (
        <>
          <StateTag state={row.state} />
          <Flags of={row} />
        </>
      ),
    },
    { key: "subject", title: t("col.subject"), width: 150, render: (row) => subject(row.subject) },
    { key: "owner", title: t("col.owner"), width: 120, render: (row) => row.owner?.name ?? t("nobody") },
    { key: "due", title: t("col.due"), width: 150, render: (row) => <Due of={row} /> },
    { key: "opened", title: t("col.opened"), width: 150, render: (row) => formatTime(row.opened_at) },
  ];
  const card = (row: CaseItem) => (
    <>
      <div className="card-title">{title(row)}</div>
      <div>
        <SeverityTag severity={row.severity} />
        <StateTag state={row.state} />
        <Flags of={row} />
      </div>
      <div className="muted">
        {subject(row.subject)} · {row.owner?.name ?? t("nobody")} · {formatTime(row.due_at)}
      </div>
    </>
  );
  return (
    <>
      <Filters search={search} />
      {failed ?? (
        <DataTable<CaseItem>
          label={t("title")}
          rowKey={(row) => row.id}
          columns={columns}
          narrow={narrow}
          density="normal"
          card={card}
          onOpen={(row) => void navigate({ to: "/cases/$id", params: { id: row.id } })}
          empty={
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("empty")}>
              <span className="muted">{t("emptyHelp")}</span>
            </Empty>
          }
          {...table}
        />
      )}
    </>
  );
}
