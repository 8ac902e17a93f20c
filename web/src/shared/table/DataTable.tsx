// A list of any length: rows are drawn only while they are seen. Keys: j/k move, Enter opens, x selects, e edits.
//
// It is a grid for assistive technology (role grid, rows counted, sort told), and cards on a narrow screen.

import { useVirtualizer } from "@tanstack/react-virtual";
import { Button, Checkbox, Skeleton } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DownIcon, UpIcon } from "@/shared/icons";
import { useTableKeys } from "./useTableKeys";
import "./table.css";

export type Column<T> = {
  key: string;
  title: string;
  /** In pixels. */
  width: number;
  align?: "end";
  /** By what the server sorts, if it can. */
  sortBy?: string;
  render: (row: T) => ReactNode;
};

export type Sort = { by: string; direction: "asc" | "desc" };
export type Density = "compact" | "normal" | "roomy";
const ROW: Record<Density, number> = { compact: 32, normal: 40, roomy: 52 };
const CARD = 92;
const SELECT = 44;

export type DataTableProps<T> = {
  /** What the rows are, for assistive technology. */
  label: string;
  rows: T[];
  rowKey: (row: T) => string;
  columns: Column<T>[];
  /** A row on a narrow screen. */
  card: (row: T) => ReactNode;
  narrow: boolean;
  density: Density;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  onResize?: (key: string, width: number) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** What a press on a row does; rows of a list without it are only read. */
  onOpen?: (row: T) => void;
  onEdit?: (row: T) => void;
  /** The first page is under way. */
  loading: boolean;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
  /** Shown below the rows: an error of a later page. */
  after?: ReactNode;
};

export function DataTable<T>(props: DataTableProps<T>) {
  const { t } = useTranslation();
  const { rows, columns, narrow, density, selected, onSelect, loading, hasMore, loadingMore, onLoadMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const height = narrow ? CARD : ROW[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows change their height with it
  useEffect(() => virtual.measure(), [height, virtual]);

  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && !props.after && rows.length > 0 && last >= rows.length - 15) onLoadMore();
  }, [hasMore, loadingMore, props.after, rows.length, last, onLoadMore]);

  const toggle = (key: string) => {
    if (!onSelect) return;
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect(next);
  };
  useTableKeys({
    count: rows.length,
    active,
    setActive: (index) => {
      setActive(index);
      virtual.scrollToIndex(index, { align: "auto" });
    },
    open: (index) => rows[index] && props.onOpen?.(rows[index]),
    edit: (index) => rows[index] && props.onEdit?.(rows[index]),
    select: (index) => rows[index] && toggle(props.rowKey(rows[index])),
  });

  if (loading) return <Loading label={t("loading")} />;
  if (rows.length === 0) return <div className="table panel table-empty">{props.empty}</div>;

  const template = `${onSelect ? `${SELECT}px ` : ""}${columns.map((c) => `${c.width}px`).join(" ")} minmax(0, 1fr)`;
  const width = (onSelect ? SELECT : 0) + columns.reduce((sum, c) => sum + c.width, 0);
  const all = rows.length > 0 && rows.every((r) => selected?.has(props.rowKey(r)));
  const foot = (
    <div className="table-foot" role="status">
      {props.after ?? (
        <>
          <span className="muted">
            {t("table.loaded", { count: rows.length })}
            {!hasMore && ` · ${t("table.loadedAll")}`}
          </span>
          {hasMore && (
            <Button size="small" type="link" loading={loadingMore} onClick={onLoadMore}>
              {t("table.loadMore")}
            </Button>
          )}
        </>
      )}
    </div>
  );

  if (narrow) {
    return (
      <div className="table panel">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
        <div className="table-scroll" ref={scroller} tabIndex={0} role="region" aria-label={props.label}>
          <ul className="table-cards" style={{ height: virtual.getTotalSize() }}>
            {seen.map((item) => {
              const row = rows[item.index] as T;
              return (
                <li key={props.rowKey(row)} style={{ height, transform: `translateY(${item.start}px)` }}>
                  {props.card(row)}
                </li>
              );
            })}
          </ul>
        </div>
        {foot}
      </div>
    );
  }

  return (
    <div className="table panel">
      <div
        className="table-scroll"
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        aria-multiselectable={onSelect ? true : undefined}
      >
        <div role="rowgroup" className="table-head" style={{ minWidth: width }}>
          <div
            role="row"
            tabIndex={-1}
            aria-rowindex={1}
            className="table-row"
            style={{ gridTemplateColumns: template }}
          >
            {onSelect && (
              <div role="columnheader" tabIndex={-1} className="table-cell table-check">
                <Checkbox
                  aria-label={t("table.selectAll")}
                  checked={all}
                  indeterminate={!all && (selected?.size ?? 0) > 0}
                  onChange={() => onSelect(all ? new Set() : new Set(rows.map(props.rowKey)))}
                />
              </div>
            )}
            {columns.map((column) => (
              <Head
                key={column.key}
                column={column}
                sort={props.sort}
                onSort={props.onSort}
                onResize={props.onResize}
              />
            ))}
            <div role="presentation" />
          </div>
        </div>
        <div role="rowgroup" className="table-body" style={{ height: virtual.getTotalSize(), minWidth: width }}>
          {seen.map((item) => {
            const row = rows[item.index] as T;
            const key = props.rowKey(row);
            const chosen = selected?.has(key) ?? false;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's own keys open the active row (useTableKeys)
              <div
                key={key}
                role="row"
                tabIndex={-1}
                aria-rowindex={item.index + 2}
                aria-selected={chosen}
                className={`table-row table-line${props.onOpen ? " table-opens" : ""}${item.index === active ? " table-active" : ""}${chosen ? " table-chosen" : ""}`}
                style={{ gridTemplateColumns: template, height, transform: `translateY(${item.start}px)` }}
                onClick={(event) => {
                  setActive(item.index);
                  // A press on a link, a box or a selection of text is not a press on the row.
                  if ((event.target as HTMLElement).closest("a, button, input, label, .table-check")) return;
                  if (window.getSelection()?.toString()) return;
                  props.onOpen?.(row);
                }}
              >
                {onSelect && (
                  <div role="gridcell" tabIndex={-1} className="table-cell table-check">
                    <Checkbox aria-label={t("table.selectRow")} checked={chosen} onChange={() => toggle(key)} />
                  </div>
                )}
                {columns.map((column) => (
                  <div
                    key={column.key}
                    role="gridcell"
                    tabIndex={-1}
                    className={column.align === "end" ? "table-cell num" : "table-cell"}
                  >
                    {column.render(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {foot}
    </div>
  );
}

function Head<T>({
  column,
  sort,
  onSort,
  onResize,
}: {
  column: Column<T>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  onResize: ((key: string, width: number) => void) | undefined;
}) {
  const { t } = useTranslation();
  const sorted = column.sortBy !== undefined && sort?.by === column.sortBy ? sort.direction : undefined;
  const by = column.sortBy;
  const resize = (event: React.PointerEvent<HTMLElement>) => {
    if (!onResize) return;
    event.preventDefault();
    const from = event.clientX;
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const move = (e: PointerEvent) =>
      onResize(column.key, Math.round(Math.min(600, Math.max(64, column.width + e.clientX - from))));
    const end = () => {
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", end);
      target.removeEventListener("pointercancel", end);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", end);
    target.addEventListener("pointercancel", end);
  };
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-sort={sorted === undefined ? undefined : sorted === "asc" ? "ascending" : "descending"}
      className={column.align === "end" ? "table-cell table-th num" : "table-cell table-th"}
    >
      {by !== undefined && onSort ? (
        <button
          type="button"
          className="table-sort"
          onClick={() => onSort({ by, direction: sorted === "asc" ? "desc" : "asc" })}
        >
          {column.title}
          {sorted === "asc" && <UpIcon />}
          {sorted === "desc" && <DownIcon />}
        </button>
      ) : (
        <span className="table-title">{column.title}</span>
      )}
      {onResize && (
        <span className="table-resize" title={t("table.resize")} aria-hidden="true" onPointerDown={resize} />
      )}
    </div>
  );
}

function Loading({ label }: { label: string }) {
  return (
    <div className="table panel table-loading" role="status" aria-label={label}>
      <Skeleton active title={false} paragraph={{ rows: 12, width: "100%" }} />
    </div>
  );
}
