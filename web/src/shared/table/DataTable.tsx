// A list of any length: rows are drawn only while they are seen. Keys: j/k move, Enter opens, x selects, e edits; where cells can
// be changed in place, left and right choose one, and Enter or e changes it.
//
// It is a grid for assistive technology (role grid, rows counted, sort told), and cards on a narrow screen.

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { Button, Checkbox, Skeleton } from "antd";
import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sort } from "./sort";
import { TableHead } from "./TableHead";
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
  /** Stays while the others scroll; such columns come first. */
  pinned?: boolean;
  render: (row: T) => ReactNode;
};

/** Cells that are changed where they stand. */
export type CellEditing<T> = {
  may: (row: T, column: string) => boolean;
  /** The cell while it is changed, around what it shows. */
  editor: (row: T, column: string, close: () => void, shown: ReactNode) => ReactNode;
};

export type Density = "compact" | "normal" | "roomy";
const ROW: Record<Density, number> = { compact: 32, normal: 40, roomy: 52 };
/** A card of two lines below its title, and each line more. */
const CARD = 92;
const CARD_LINE = 24;
const SELECT = 44;
/** How long a press on a cell waits for a second one before it opens the row. */
const SECOND_PRESS_MS = 250;

export type DataTableProps<T> = {
  /** What the rows are, for assistive technology. */
  label: string;
  rows: T[];
  rowKey: (row: T) => string;
  columns: Column<T>[];
  /** Lines of a card below its title; two if left out. */
  cardLines?: number;
  /** A row on a narrow screen. */
  card: (row: T) => ReactNode;
  narrow: boolean;
  density: Density;
  /** The first key before the others. */
  sort?: readonly Sort[];
  onSort?: (sort: Sort[]) => void;
  onResize?: (key: string, width: number) => void;
  /** A column was dragged to the place of another. */
  onMove?: (key: string, to: string) => void;
  cells?: CellEditing<T>;
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
  // The cell chosen in the active row, and the one being changed.
  const [cell, setCell] = useState(-1);
  const [editing, setEditing] = useState<{ row: string; column: string }>();
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(opening.current), []);
  const cellId = useId();
  const cells = narrow ? undefined : props.cells;
  const height = narrow ? CARD + CARD_LINE * ((props.cardLines ?? 2) - 2) : ROW[density];
  const editingAt = editing ? rows.findIndex((row) => props.rowKey(row) === editing.row) : -1;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    // What is being typed stays when its row is scrolled away.
    rangeExtractor: (range) => {
      const all = defaultRangeExtractor(range);
      return editingAt < 0 || all.includes(editingAt) ? all : [...all, editingAt].sort((a, b) => a - b);
    },
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
  const edit = (row: T | undefined, column: string | undefined): boolean => {
    if (!row || !column || !cells?.may(row, column)) return false;
    setEditing({ row: props.rowKey(row), column });
    return true;
  };
  const closeCell = useCallback(() => {
    setEditing(undefined);
    scroller.current?.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen cell is another element each time
  useEffect(() => {
    if (cell >= 0) document.getElementById(cellId)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [cell, active, cellId]);
  useTableKeys({
    count: rows.length,
    active,
    setActive: (index) => {
      setActive(index);
      virtual.scrollToIndex(index, { align: "auto" });
    },
    open: (index) => edit(rows[index], columns[cell]?.key) || (rows[index] && props.onOpen?.(rows[index])),
    edit: (index) => edit(rows[index], columns[cell]?.key) || (rows[index] && props.onEdit?.(rows[index])),
    ...(cells ? { cell, setCell: (index: number) => setCell(Math.min(columns.length - 1, index)) } : {}),
    select: (index) => rows[index] && toggle(props.rowKey(rows[index])),
  });

  if (loading) return <Loading label={t("loading")} />;
  if (rows.length === 0) return <div className="table panel table-empty">{props.empty}</div>;

  const template = `${onSelect ? `${SELECT}px ` : ""}${columns.map((c) => `${c.width}px`).join(" ")} minmax(0, 1fr)`;
  const width = (onSelect ? SELECT : 0) + columns.reduce((sum, c) => sum + c.width, 0);
  const pinned = columns.filter((c) => c.pinned);
  const left = (column: Column<T>): number | undefined => {
    const at = pinned.indexOf(column);
    if (at < 0) return undefined;
    return (onSelect ? SELECT : 0) + pinned.slice(0, at).reduce((sum, c) => sum + c.width, 0);
  };
  const cellClass = (column: Column<T>): string =>
    `table-cell${column.align === "end" ? " num" : ""}${column.pinned ? " table-pinned" : ""}${column === pinned.at(-1) ? " table-pinned-last" : ""}`;
  const checkClass = `table-cell table-check${pinned.length > 0 ? " table-pinned" : ""}`;
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
        aria-activedescendant={cell >= 0 && active >= 0 ? cellId : undefined}
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
              <div role="columnheader" tabIndex={-1} className={checkClass}>
                <Checkbox
                  aria-label={t("table.selectAll")}
                  checked={all}
                  indeterminate={!all && (selected?.size ?? 0) > 0}
                  onChange={() => onSelect(all ? new Set() : new Set(rows.map(props.rowKey)))}
                />
              </div>
            )}
            {columns.map((column) => (
              <TableHead
                key={column.key}
                column={column}
                className={cellClass(column)}
                left={left(column)}
                sort={props.sort}
                onSort={props.onSort}
                onResize={props.onResize}
                onMove={props.onMove}
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
                  const target = event.target as HTMLElement;
                  // What stands over the page is the row's child here, and not there.
                  if (!event.currentTarget.contains(target)) return;
                  setActive(item.index);
                  setCell(-1);
                  clearTimeout(opening.current);
                  // A press on a link, a box or a selection of text is not a press on the row.
                  if (target.closest("a, button, input, label, .table-check")) return;
                  if (window.getSelection()?.toString() || event.detail > 1) return;
                  if (target.closest("[data-editable]"))
                    opening.current = setTimeout(() => props.onOpen?.(row), SECOND_PRESS_MS);
                  else props.onOpen?.(row);
                }}
              >
                {onSelect && (
                  <div role="gridcell" tabIndex={-1} className={checkClass}>
                    <Checkbox aria-label={t("table.selectRow")} checked={chosen} onChange={() => toggle(key)} />
                  </div>
                )}
                {columns.map((column, at) => {
                  const may = cells?.may(row, column.key) ?? false;
                  const chosenCell = item.index === active && at === cell;
                  return (
                    <div
                      key={column.key}
                      role="gridcell"
                      tabIndex={-1}
                      id={chosenCell ? cellId : undefined}
                      className={`${cellClass(column)}${chosenCell ? " table-cursor" : ""}`}
                      style={{ insetInlineStart: left(column) }}
                      aria-readonly={cells ? !may : undefined}
                      data-editable={may || undefined}
                      {...(may
                        ? {
                            onDoubleClick: (event: React.MouseEvent<HTMLElement>) => {
                              if (!event.currentTarget.contains(event.target as HTMLElement)) return;
                              clearTimeout(opening.current);
                              window.getSelection()?.removeAllRanges();
                              edit(row, column.key);
                            },
                          }
                        : {})}
                    >
                      {editing?.row === key && editing.column === column.key && cells
                        ? cells.editor(row, column.key, closeCell, column.render(row))
                        : column.render(row)}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
      {foot}
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
