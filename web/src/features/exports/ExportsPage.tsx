// What was exported: one's own files, and for auditors everybody's and where a file came from.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Drawer, Empty, Grid, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { ExportView } from "@/api/types";
import { useDuty, useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useAccountOptions } from "@/shared/directory";
import { ReloadIcon } from "@/shared/icons";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemAlert } from "@/shared/ProblemView";
import { DataTable } from "@/shared/table/DataTable";
import { usePages } from "@/shared/usePages";
import { ExportCard, useExportColumns } from "./columns";
import { ExportDetail } from "./ExportDetail";
import { type ExportsSearch, STATES } from "./state";
import { TracePanel } from "./TracePanel";
import { useExportActs } from "./useExport";
import "./exports.css";

const PAGE = 50;
const itemsOf = (page: { items: ExportView[] }) => page.items;

export function ExportsPage() {
  const { t } = useTranslation("exports");
  const search = useSearch({ from: "/exports" });
  const navigate = useNavigate();
  const auditor = useDuty("audit.read");
  const { workspace } = useMe();
  const first = auditor && workspace.objects.length === 0 ? "all" : "mine";
  const tab = auditor ? (search.tab ?? first) : "mine";
  return (
    <div className="page page-fixed">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="muted asked-note">{t("text")}</span>
      </div>
      {auditor ? (
        <PageTabs
          label={t("title")}
          active={tab}
          onChange={(key) => void navigate({ to: "/exports", search: { tab: key as "mine" }, replace: true })}
          tabs={[
            { key: "mine", label: t("tab.mine"), children: <Exports key="mine" search={search} all={false} /> },
            { key: "all", label: t("tab.all"), children: <Exports key="all" search={search} all /> },
            { key: "trace", label: t("tab.trace"), children: <TracePanel /> },
          ]}
        />
      ) : (
        <Exports search={search} all={false} />
      )}
    </div>
  );
}

function Filters({ search }: { search: ExportsSearch }) {
  const { t } = useTranslation("exports");
  const navigate = useNavigate();
  const accounts = useAccountOptions();
  const change = (next: ExportsSearch) =>
    void navigate({ to: "/exports", search: { tab: "all", ...next }, replace: true });
  const { tab: _, ...rest } = search;
  return (
    <>
      <Select
        aria-label={t("column.who")}
        className="export-filter"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("column.who")}
        options={accounts}
        {...(search.user ? { value: search.user } : {})}
        onChange={(user?: string) => {
          const { user: __, ...other } = rest;
          change(user ? { ...other, user } : other);
        }}
      />
      <Select
        aria-label={t("column.state")}
        className="export-filter"
        allowClear
        placeholder={t("anyState")}
        options={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        {...(search.state ? { value: search.state } : {})}
        onChange={(state?: string) => {
          const { state: __, ...other } = rest;
          change(state ? { ...other, state } : other);
        }}
      />
    </>
  );
}

function Exports({ search, all }: { search: ExportsSearch; all: boolean }) {
  const { t } = useTranslation("exports");
  const label = useLabel();
  const { workspace } = useMe();
  const queries = useQueryClient();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const [open, setOpen] = useState<string>();
  const filter = all
    ? { ...(search.user ? { user: search.user } : {}), ...(search.state ? { state: search.state } : {}) }
    : {};
  const key = ["exports", all, filter];
  const list = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam ? { before: pageParam } : {}) };
      return all
        ? data(api.GET("/api/v1/audit/exports", { signal, params: { query: { ...query, ...filter } } }))
        : data(api.GET("/api/v1/exports", { signal, params: { query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const { table, failed } = usePages(list, itemsOf);
  const acts = useExportActs();
  const columns = useExportColumns(all, acts, setOpen);
  const shown = table.rows.find((row) => row.id === open);
  const object = workspace.objects.find((o) => o.actions.includes("export"));
  return (
    <>
      <div className="export-bar">
        {all && <Filters search={search} />}
        <Button
          icon={<ReloadIcon />}
          loading={list.isFetching && !list.isFetchingNextPage}
          onClick={() => void queries.resetQueries({ queryKey: key })}
        >
          {t("reload")}
        </Button>
      </div>
      {acts.problem && <ProblemAlert problem={acts.problem} style={{ marginBottom: 12 }} />}
      {failed ?? (
        <DataTable<ExportView>
          label={t("title")}
          rowKey={(row) => row.id}
          columns={columns}
          narrow={narrow}
          density="roomy"
          card={(row) => <ExportCard row={row} all={all} onOpen={setOpen} />}
          onOpen={(row) => setOpen(row.id)}
          empty={
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={all ? t("noneAll") : `${t("none")} ${t("noneHelp")}`}
            >
              {!all && object && (
                <Link to="/records/$object" params={{ object: object.name }} search={{}}>
                  <Button type="primary">{t("toList", { object: label(object.label) })}</Button>
                </Link>
              )}
            </Empty>
          }
          {...table}
        />
      )}
      <Drawer
        open={shown !== undefined}
        onClose={() => setOpen(undefined)}
        title={t("detail")}
        size={narrow ? "100%" : 620}
        destroyOnHidden
      >
        {shown && <ExportDetail row={shown} own={!all} />}
      </Drawer>
    </>
  );
}
