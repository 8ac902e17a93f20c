// Reports of scanners that were taken in.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Empty, Grid, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { formatTime } from "@/shared/format";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { usePages } from "@/shared/usePages";
import { FINDINGS, type ScanItem } from "./findings";

const PAGE = 50;
const itemsOf = (page: { items: ScanItem[] }) => page.items;

export function ScansTab() {
  const { t } = useTranslation("findings");
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const list = useInfiniteQuery({
    queryKey: [...FINDINGS, "scans"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/findings/scans", {
          signal,
          params: { query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const { table, failed } = usePages(list, itemsOf);
  const counts = ({ counts: c }: ScanItem) =>
    t("scans.counts", { found: c.found, still: c.still, reopened: c.reopened, verified: c.verified });
  const whole = (row: ScanItem) => (row.complete ? null : <Tag color="warning">{t("scans.incomplete")}</Tag>);
  const columns: Column<ScanItem>[] = [
    { key: "at", title: t("scans.at"), width: 150, pinned: true, render: (row) => formatTime(row.at) },
    { key: "asset", title: t("col.asset"), width: 140, render: (row) => row.asset },
    { key: "tool", title: t("col.tool"), width: 150, render: (row) => [row.tool, row.tool_version].join(" ").trim() },
    {
      key: "file",
      title: t("import.file"),
      width: 220,
      render: (row) => (
        <>
          <span title={`SHA-256 ${row.sha256}`}>{row.file}</span> {whole(row)}
        </>
      ),
    },
    { key: "counts", title: t("scans.outcome"), width: 340, render: counts },
    { key: "by", title: t("scans.by"), width: 120, render: (row) => row.by_name },
  ];
  const card = (row: ScanItem) => (
    <>
      <div className="card-title">
        {row.asset} · {row.tool} {whole(row)}
      </div>
      <div>{counts(row)}</div>
      <div className="muted">
        {row.file} · {row.by_name} · {formatTime(row.at)}
      </div>
    </>
  );
  return (
    failed ?? (
      <DataTable<ScanItem>
        label={t("tab.scans")}
        rowKey={(row) => row.id}
        columns={columns}
        narrow={narrow}
        density="normal"
        card={card}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("scans.none")} />}
        {...table}
      />
    )
  );
}
