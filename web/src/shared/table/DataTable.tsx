// A list of any length: rows are drawn only while they are seen. Keys: j/k move, Enter opens, x selects, e edits; where cells can
// be changed in place, left and right choose one, and Enter or e changes it.
//
// It is a grid for assistive technology (role grid, rows counted, sort told), and cards on a narrow screen.

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { Button, Checkbox, Skeleton } from "antd";
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sort } from "./sort";
import { TableHead } from "./TableHead";
import { type LaidColumn, type RowActs, TableRow } from "./TableRow";
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
/** Rows drawn above and below what is seen. */
const OVERSCAN = 6;

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
  const cellId = useId();
  const cells = narrow ? undefined : props.cells;
  const height = narrow ? CARD + CARD_LINE * ((props.cardLines ?? 2) - 2) : ROW[density];
  const editingAt = editing ? rows.findIndex((row) => props.rowKey(row) === editing.row) : -1;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
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

  // Rows are drawn anew only when something of theirs has changed: what they do stays the same function.
  const now = useRef({ props, toggle, edit });
  now.current = { props, toggle, edit };
  const acts = useMemo(
    (): RowActs<T> => ({
      press: (index) => {
        setActive(index);
        setCell(-1);
      },
      open: (row) => now.current.props.onOpen?.(row),
      toggle: (key) => now.current.toggle(key),
      edit: (row, column) => void now.current.edit(row, column),
      editor: (row, column, shown) => now.current.props.cells?.editor(row, column, closeCell, shown) ?? shown,
    }),
    [closeCell],
  );
  const selectable = onSelect !== undefined;
  const laid = useMemo(() => lay(columns, selectable ? SELECT : 0), [columns, selectable]);

  if (loading) return <Loading label={t("loading")} />;
  if (rows.length === 0) return <div className="table panel table-empty">{props.empty}</div>;

  const template = `${onSelect ? `${SELECT}px ` : ""}${columns.map((c) => `${c.width}px`).join(" ")} minmax(0, 1fr)`;
  const width = (onSelect ? SELECT : 0) + columns.reduce((sum, c) => sum + c.width, 0);
  const checkClass = `table-cell table-check${columns.some((c) => c.pinned) ? " table-pinned" : ""}`;
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
        style={{ "--columns": template } as React.CSSProperties}
      >
        <div role="rowgroup" className="table-head" style={{ minWidth: width }}>
          <div role="row" tabIndex={-1} aria-rowindex={1} className="table-row">
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
            {laid.map(({ column, className, left }) => (
              <TableHead
                key={column.key}
                column={column}
                className={className}
                left={left}
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
            return (
              <TableRow
                key={key}
                row={row}
                rowKey={key}
                index={item.index}
                start={item.start}
                height={height}
                columns={laid}
                may={cells?.may}
                checkClass={selectable ? checkClass : undefined}
                selectLabel={t("table.selectRow")}
                opens={props.onOpen !== undefined}
                chosen={selected?.has(key) ?? false}
                active={item.index === active}
                cursor={item.index === active ? cell : -1}
                cursorId={cellId}
                editing={editing?.row === key ? editing.column : undefined}
                acts={acts}
              />
            );
          })}
        </div>
      </div>
      {foot}
    </div>
  );
}

/** Where each column stands, worked out once for all rows. */
function lay<T>(columns: Column<T>[], before: number): LaidColumn<T>[] {
  const lastPinned = columns.findLast((c) => c.pinned);
  let next = before;
  return columns.map((column) => {
    const left = column.pinned ? next : undefined;
    if (column.pinned) next += column.width;
    const className = `table-cell${column.align === "end" ? " num" : ""}${column.pinned ? " table-pinned" : ""}${column === lastPinned ? " table-pinned-last" : ""}`;
    return { column, className, left };
  });
}

function Loading({ label }: { label: string }) {
  return (
    <div className="table panel table-loading" role="status" aria-label={label}>
      <Skeleton active title={false} paragraph={{ rows: 12, width: "100%" }} />
    </div>
  );
}
