// Vulnerabilities as a list, how it goes, the scans that were taken in, and the rules.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Checkbox, Empty, Grid, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useDuty, useMe } from "@/app/session";
import { formatTime } from "@/shared/format";
import { GuideLink } from "@/shared/GuideLink";
import { UploadIcon } from "@/shared/icons";
import { PageTabs } from "@/shared/PageTabs";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { usePages } from "@/shared/usePages";
import { FINDINGS, type FindingItem, useFigures } from "./findings";
import { ImportScan } from "./ImportScan";
import { Due, Flags, SeverityTag, StateTag } from "./parts";
import { RulesTab } from "./RulesTab";
import { ScansTab } from "./ScansTab";
import { type FindingsSearch, type FindingsTab, SEVERITIES, STATES } from "./search";
import { TrendTab } from "./TrendTab";
import "./findings.css";

const PAGE = 50;
const itemsOf = (page: { items: FindingItem[] }) => page.items;

export function FindingsPage() {
  const { t } = useTranslation("findings");
  const search = useSearch({ from: "/findings" });
  const navigate = useNavigate();
  const manages = useDuty("finding.manage");
  const [importing, setImporting] = useState(false);
  const tab = search.tab === "rules" && !manages ? "list" : (search.tab ?? "list");
  const { tab: _, ...filter } = search;
  return (
    <div className={tab === "list" ? "page page-fixed" : "page"}>
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="muted asked-note">{t("text")}</span>
        <div className="grow" />
        <GuideLink page="security" />
        {manages && (
          <Button type="primary" icon={<UploadIcon />} onClick={() => setImporting(true)}>
            {t("import.open")}
          </Button>
        )}
      </div>
      <PageTabs
        label={t("title")}
        active={tab}
        onChange={(key) =>
          void navigate({
            to: "/findings",
            search: { ...filter, ...(key === "list" ? {} : { tab: key as FindingsTab }) },
            replace: true,
          })
        }
        tabs={[
          { key: "list", label: t("tab.list"), children: <Findings search={search} /> },
          { key: "trend", label: t("tab.trend"), children: <TrendTab /> },
          { key: "scans", label: t("tab.scans"), children: <ScansTab /> },
          ...(manages ? [{ key: "rules", label: t("tab.rules"), children: <RulesTab /> }] : []),
        ]}
      />
      {importing && <ImportScan onClose={() => setImporting(false)} />}
    </div>
  );
}

function Filters({ search }: { search: FindingsSearch }) {
  const { t } = useTranslation("findings");
  const navigate = useNavigate();
  const assets = useFigures().data?.assets ?? [];
  const set = (change: { [K in keyof FindingsSearch]?: FindingsSearch[K] | undefined }) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined),
    );
    void navigate({ to: "/findings", search: next as FindingsSearch, replace: true });
  };
  const check = (name: "mine" | "overdue" | "waits") => (
    <Checkbox
      checked={search[name] ?? false}
      onChange={({ target }) => set({ [name]: target.checked ? (true as const) : undefined })}
    >
      {t(`filter.${name}`)}
    </Checkbox>
  );
  return (
    <div className="finding-bar">
      <Select
        aria-label={t("filter.state")}
        className="finding-filter"
        value={search.state ?? ""}
        options={[
          { value: "", label: t("filter.todo") },
          ...STATES.map((s) => ({ value: s, label: t(`state.${s}`) })),
          { value: "all", label: t("filter.anyState") },
        ]}
        onChange={(state) => set({ state: (state || undefined) as FindingsSearch["state"] })}
      />
      <Select
        aria-label={t("filter.severity")}
        className="finding-filter"
        value={search.severity ?? ""}
        options={[
          { value: "", label: t("filter.anySeverity") },
          ...SEVERITIES.map((s) => ({ value: s, label: t(`severity.${s}`) })),
        ]}
        onChange={(severity) => set({ severity: (severity || undefined) as FindingsSearch["severity"] })}
      />
      <Select
        aria-label={t("filter.asset")}
        className="finding-filter"
        showSearch
        value={search.asset ?? ""}
        options={[
          { value: "", label: t("filter.anyAsset") },
          ...assets.map(({ asset }) => ({ value: asset, label: asset })),
        ]}
        onChange={(asset) => set({ asset: asset || undefined })}
      />
      {check("mine")}
      {check("overdue")}
      {check("waits")}
    </div>
  );
}

function Findings({ search }: { search: FindingsSearch }) {
  const { t } = useTranslation("findings");
  const { user } = useMe().me;
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const { state, severity, asset, mine, overdue, waits } = search;
  const filter = {
    ...(state === undefined ? { open: true } : state === "all" ? {} : { state }),
    ...(severity ? { severity } : {}),
    ...(asset ? { asset } : {}),
    ...(mine ? { owner: user.id } : {}),
    ...(overdue ? { overdue } : {}),
    ...(waits ? { waits } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: [...FINDINGS, "list", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/findings", {
          signal,
          params: { query: { limit: PAGE, ...filter, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const { table, failed } = usePages(list, itemsOf);
  const title = (row: FindingItem) => (
    <Link to="/findings/$id" params={{ id: row.id }} className="title-link">
      {row.title}
    </Link>
  );
  const columns: Column<FindingItem>[] = [
    { key: "title", title: t("col.title"), width: 300, pinned: true, render: title },
    { key: "severity", title: t("col.severity"), width: 120, render: (row) => <SeverityTag severity={row.severity} /> },
    {
      key: "state",
      title: t("col.state"),
      width: 170,
      render: (row) => (
        <>
          <StateTag state={row.state} />
          <Flags of={row} />
        </>
      ),
    },
    { key: "asset", title: t("col.asset"), width: 140, render: (row) => row.asset },
    { key: "where", title: t("col.where"), width: 220, render: (row) => row.location || row.part || "—" },
    { key: "owner", title: t("col.owner"), width: 120, render: (row) => row.owner?.name ?? t("nobody") },
    { key: "due", title: t("col.due"), width: 170, render: (row) => <Due of={row} /> },
    { key: "found", title: t("col.found"), width: 150, render: (row) => formatTime(row.found_at) },
  ];
  const card = (row: FindingItem) => (
    <>
      <div className="card-title">{title(row)}</div>
      <div className="finding-tags">
        <SeverityTag severity={row.severity} />
        <StateTag state={row.state} />
        <Flags of={row} />
      </div>
      <div className="muted">
        {row.asset} · {row.owner?.name ?? t("nobody")} · <Due of={row} />
      </div>
    </>
  );
  return (
    <>
      <Filters search={search} />
      {failed ?? (
        <DataTable<FindingItem>
          label={t("title")}
          rowKey={(row) => row.id}
          columns={columns}
          narrow={narrow}
          density="normal"
          card={card}
          onOpen={(row) => void navigate({ to: "/findings/$id", params: { id: row.id } })}
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
