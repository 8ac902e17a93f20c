// How an export stands in a row, and on a narrow screen.

import { useQueryClient } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ExportView } from "@/api/types";
import { useObjectWords } from "@/shared/directory";
import { formatNumber, formatTime } from "@/shared/format";
import type { Column } from "@/shared/table/DataTable";
import { isState, useLeft, useNow } from "./state";
import { type useExportActs, useProgress } from "./useExport";

const COLOR: Record<string, string> = {
  waiting: "warning",
  approved: "processing",
  running: "processing",
  ready: "success",
  failed: "error",
  unknown: "error",
  rejected: "error",
};
const count = (n: number) => formatNumber(n, 0, true);

export function StateTag({ state }: { state: string }) {
  const { t } = useTranslation("exports");
  return <Tag color={COLOR[state] ?? "default"}>{isState(state) ? t(`state.${state}`) : state}</Tag>;
}

/** Its state, and how long a file that can be taken still lasts. */
export function Standing({ row }: { row: ExportView }) {
  const left = useLeft();
  const now = useNow();
  return (
    <span className="export-standing">
      <StateTag state={row.state} />
      {row.state === "ready" && typeof row.expires_at === "number" && (
        <span className="muted">{left(row.expires_at, now)}</span>
      )}
    </span>
  );
}

/** Rows so far: of an own export under way they are asked for until it has ended, and the list is asked anew then. */
export function Rows({ row, follow }: { row: ExportView; follow: boolean }) {
  const { t } = useTranslation("exports");
  const queries = useQueryClient();
  const running = follow && row.state === "running";
  const progress = useProgress(running ? row.id : undefined).data;
  const over = running && progress !== undefined && progress.state !== "running";
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ["exports"] });
  }, [over, queries]);
  if (row.state === "running" || row.state === "waiting" || row.state === "approved") {
    return <>{t("rowsOf", { rows: count(progress?.rows ?? row.rows), most: count(row.at_most) })}</>;
  }
  return <>{t("rowCount", { rows: count(row.rows) })}</>;
}

export function useExportColumns(
  all: boolean,
  acts: ReturnType<typeof useExportActs>,
  onOpen: (id: string) => void,
): Column<ExportView>[] {
  const { t } = useTranslation("exports");
  const words = useObjectWords();
  const columns: Column<ExportView>[] = [
    { key: "asked", title: t("column.asked"), width: 150, render: (row) => formatTime(row.asked_at) },
    ...(all ? [{ key: "who", title: t("column.who"), width: 120, render: (row: ExportView) => row.user_name }] : []),
    {
      key: "what",
      title: t("column.what"),
      width: 170,
      render: (row) => (
        <>
          {words.object(row.object)} <Tag>{row.format.toUpperCase()}</Tag>
          {row.sensitive && <Tag color="warning">{t("sensitive")}</Tag>}
        </>
      ),
    },
    { key: "rows", title: t("column.rows"), width: 130, render: (row) => <Rows row={row} follow={!all} /> },
    { key: "state", title: t("column.state"), width: 220, render: (row) => <Standing row={row} /> },
    { key: "purpose", title: t("column.purpose"), width: 190, render: (row) => row.purpose ?? t("noPurpose") },
    {
      key: "taken",
      title: t("column.taken"),
      width: 120,
      // What was sent as it was made has no file.
      render: (row) =>
        row.state === "sent" ? "—" : t("times", { count: row.downloads.length, most: row.most_downloads }),
    },
  ];
  if (all) return columns;
  const act = (row: ExportView) => {
    const busy = acts.busy === row.id;
    if (row.state === "ready") {
      return (
        <Button
          size="small"
          type="primary"
          loading={busy}
          onClick={(e) => {
            e.stopPropagation();
            void acts.take(row.id, `${row.object}.${row.format}`);
          }}
        >
          {t("download")}
        </Button>
      );
    }
    if (row.state === "approved") {
      return (
        <Button
          size="small"
          type="primary"
          loading={busy}
          onClick={(e) => {
            e.stopPropagation();
            void acts.start(row.id);
          }}
        >
          {t("start")}
        </Button>
      );
    }
    return (
      <Button
        size="small"
        type="link"
        aria-label={t("open", { id: row.id })}
        onClick={(e) => {
          e.stopPropagation();
          onOpen(row.id);
        }}
      >
        {t("detail")}
      </Button>
    );
  };
  return [...columns, { key: "act", title: t("column.act"), width: 120, render: act }];
}

export function ExportCard({ row, all, onOpen }: { row: ExportView; all: boolean; onOpen: (id: string) => void }) {
  const words = useObjectWords();
  return (
    <button type="button" className="card export-card" onClick={() => onOpen(row.id)}>
      <span className="export-card-head">
        <strong>
          {words.object(row.object)} {row.format.toUpperCase()}
        </strong>
        <Standing row={row} />
      </span>
      <span className="muted">
        {formatTime(row.asked_at)} · <Rows row={row} follow={!all} />
        {all && ` · ${row.user_name}`}
      </span>
      <span className="export-card-purpose">{row.purpose}</span>
    </button>
  );
}
