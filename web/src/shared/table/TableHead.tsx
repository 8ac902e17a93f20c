// A column's head: sorts by it (with shift, by it too), widens it, and is dragged to another place. By key, columns move in the column chooser.

import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { DownIcon, UpIcon } from "@/shared/icons";
import type { Column } from "./DataTable";
import { pressed, type Sort } from "./sort";

const DRAGGED = "application/x-whosaw-column";

type Props<T> = {
  column: Column<T>;
  className: string;
  /** Where it stays while the others scroll, in pixels. */
  left: number | undefined;
  sort: readonly Sort[] | undefined;
  onSort: ((sort: Sort[]) => void) | undefined;
  onResize: ((key: string, width: number) => void) | undefined;
  onMove: ((key: string, to: string) => void) | undefined;
};

export function TableHead<T>({ column, className, left, sort, onSort, onResize, onMove }: Props<T>) {
  const { t } = useTranslation();
  const resizing = useRef(false);
  const at = sort?.findIndex((s) => s.by === column.sortBy) ?? -1;
  const sorted = column.sortBy === undefined ? undefined : sort?.[at]?.direction;
  const by = column.sortBy;
  const resize = (event: React.PointerEvent<HTMLElement>) => {
    if (!onResize) return;
    event.preventDefault();
    const from = event.clientX;
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    resizing.current = true;
    const move = (e: PointerEvent) =>
      onResize(column.key, Math.round(Math.min(600, Math.max(64, column.width + e.clientX - from))));
    const end = () => {
      resizing.current = false;
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", end);
      target.removeEventListener("pointercancel", end);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", end);
    target.addEventListener("pointercancel", end);
  };
  const drag = onMove && {
    draggable: true,
    onDragStart: (event: React.DragEvent) => {
      // A press on the edge is about the width.
      if (resizing.current) event.preventDefault();
      else event.dataTransfer.setData(DRAGGED, column.key);
    },
    onDragOver: (event: React.DragEvent) => {
      if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
    },
    onDrop: (event: React.DragEvent) => {
      event.preventDefault();
      const key = event.dataTransfer.getData(DRAGGED);
      if (key && key !== column.key) onMove(key, column.key);
    },
  };
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-sort={sorted === undefined ? undefined : sorted === "asc" ? "ascending" : "descending"}
      className={`${className} table-th`}
      style={{ insetInlineStart: left }}
      {...drag}
    >
      {by !== undefined && onSort ? (
        <button
          type="button"
          className="table-sort"
          title={t("table.sortHelp")}
          onClick={(event) => onSort(pressed(sort ?? [], by, event.shiftKey))}
        >
          {column.title}
          {sorted === "asc" && <UpIcon />}
          {sorted === "desc" && <DownIcon />}
          {sorted && sort && sort.length > 1 && <sup className="table-sort-at">{at + 1}</sup>}
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
