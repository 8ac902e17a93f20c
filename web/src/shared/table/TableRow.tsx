// A row of a table. While a list is scrolled only the rows that come into sight are drawn: the others have not changed.

import { memo, type ReactNode, useEffect, useRef } from "react";
import type { Column } from "./DataTable";

/** How long a press on a cell waits for a second one before it opens the row. */
const SECOND_PRESS_MS = 250;

export type LaidColumn<T> = {
  column: Column<T>;
  className: string;
  /** Of a pinned column, in pixels. */
  left: number | undefined;
};

/** What a row asks of its table; the same object as long as the table stands. */
export type RowActs<T> = {
  press: (index: number) => void;
  open: (row: T) => void;
  toggle: (key: string) => void;
  edit: (row: T, column: string) => void;
  editor: (row: T, column: string, shown: ReactNode) => ReactNode;
};

type Props<T> = {
  row: T;
  rowKey: string;
  index: number;
  start: number;
  height: number;
  columns: LaidColumn<T>[];
  /** Which cells can be changed where they stand; left out where none can. */
  may: ((row: T, column: string) => boolean) | undefined;
  /** Of the cell with the box; left out where rows cannot be selected. */
  checkClass: string | undefined;
  /** Names that box. */
  selectLabel: string;
  opens: boolean;
  chosen: boolean;
  active: boolean;
  /** The chosen cell; -1 is none. */
  cursor: number;
  cursorId: string;
  /** The column being changed. */
  editing: string | undefined;
  acts: RowActs<T>;
};

function Row<T>(props: Props<T>) {
  const { row, rowKey, index, columns, may, chosen, active, cursor, editing, acts } = props;
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(opening.current), []);

  const press = (event: React.MouseEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    // What stands over the page is the row's child here, and not there.
    if (!event.currentTarget.contains(target)) return;
    acts.press(index);
    clearTimeout(opening.current);
    // A press on a link, a box or a selection of text is not a press on the row.
    if (target.closest("a, button, input, label, .table-check")) return;
    if (window.getSelection()?.toString() || event.detail > 1) return;
    if (target.closest("[data-editable]")) opening.current = setTimeout(() => acts.open(row), SECOND_PRESS_MS);
    else acts.open(row);
  };
  const pressTwice = (event: React.MouseEvent<HTMLElement>, column: string) => {
    if (!event.currentTarget.contains(event.target as HTMLElement)) return;
    clearTimeout(opening.current);
    window.getSelection()?.removeAllRanges();
    acts.edit(row, column);
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's own keys open the active row (useTableKeys)
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={`table-row table-line${props.opens ? " table-opens" : ""}${active ? " table-active" : ""}${chosen ? " table-chosen" : ""}`}
      style={{ height: props.height, transform: `translateY(${props.start}px)` }}
      onClick={press}
    >
      {props.checkClass !== undefined && (
        <div role="gridcell" tabIndex={-1} className={props.checkClass}>
          <input type="checkbox" aria-label={props.selectLabel} checked={chosen} onChange={() => acts.toggle(rowKey)} />
        </div>
      )}
      {columns.map(({ column, className, left }, at) => {
        const mayEdit = may?.(row, column.key) ?? false;
        const here = at === cursor;
        const shown = column.render(row);
        return (
          <div
            key={column.key}
            role="gridcell"
            tabIndex={-1}
            id={here ? props.cursorId : undefined}
            className={here ? `${className} table-cursor` : className}
            style={left === undefined ? undefined : { insetInlineStart: left }}
            aria-readonly={may ? !mayEdit : undefined}
            data-editable={mayEdit || undefined}
            onDoubleClick={mayEdit ? (event) => pressTwice(event, column.key) : undefined}
          >
            {editing === column.key ? acts.editor(row, column.key, shown) : shown}
          </div>
        );
      })}
    </div>
  );
}

export const TableRow = memo(Row) as typeof Row;
