import { Table, type TableProps } from "antd";
import "./wordsTable.css";

/** A table in which nothing can be pressed, and which may be wider than its place. Keys scroll it, as they cannot a table's own scrolling. */
export function WordsTable<Row extends object>({
  label,
  className = "",
  ...table
}: Omit<TableProps<Row>, "scroll"> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keys.
    <div className={`scrolled ${className}`} tabIndex={0} role="region" aria-label={label}>
      <Table<Row> {...table} />
    </div>
  );
}
