// A list as a table: its rows, what can be done to the selected ones, and what stands there when there are none.

import { useNavigate } from "@tanstack/react-router";
import { Button, Empty } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { GuideLink } from "@/shared/GuideLink";
import { type CellEditing, DataTable } from "@/shared/table/DataTable";
import { usePages } from "@/shared/usePages";
import { useOrder } from "../recent";
import { BulkBar } from "./BulkBar";
import { useColumns } from "./columns";
import { InlineEdit, mayEditInline } from "./InlineEdit";
import { type Kept, moved, standing } from "./kept";
import { cardFields, RecordCard } from "./RecordCard";
import { type ListSearch, readSort, writeSort } from "./search";
import { useList } from "./useList";

type Props = {
  object: ObjectForm;
  search: ListSearch;
  columns: string[];
  kept: Kept;
  keep: (change: Partial<Kept>) => void;
  /** Columns are a saved view's: their order stands in the address. */
  inView: boolean;
  onExport: () => void;
  narrow: boolean;
  ask: (change: Partial<ListSearch>) => void;
};

const itemsOf = (page: { items: RecordView[] }) => page.items;

export function ListTable({ object, search, columns: chosen, kept, keep, inView, onExport, narrow, ask }: Props) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const navigate = useNavigate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // On a narrow screen a card shows what the object type's cards show; nothing else is asked for.
  const keys = useMemo(
    () => (narrow && object.card.length > 0 ? [...object.card, "owner"] : standing(chosen, kept.pinned)),
    [chosen, kept.pinned, narrow, object.card],
  );
  const columns = useColumns(object, keys, kept.widths, kept.pinned);
  const list = useList(object, search, keys, true);
  const cells: CellEditing<RecordView> = useMemo(
    () => ({
      may: (row, key) => mayEditInline(object, row, key),
      editor: (row, key, close, shown) => (
        <InlineEdit object={object} name={key} row={row} columns={keys} onClose={close}>
          {shown}
        </InlineEdit>
      ),
    }),
    [object, keys],
  );

  const open = useCallback(
    (row: RecordView, edit = false) =>
      void navigate({
        to: "/records/$object/$id",
        params: { object: object.name, id: row.id },
        search: edit ? { edit } : {},
      }),
    [navigate, object.name],
  );
  const filtered = search.filter !== undefined || search.q !== undefined || (search.scope ?? "all") !== "all";
  const clear = filtered && (
    <Button onClick={() => ask({ filter: undefined, q: undefined, scope: undefined })}>{t("list.clearFilters")}</Button>
  );
  const { table, failed } = usePages(list, itemsOf, clear);
  const { rows } = table;
  useOrder(object.name, rows);
  const none = filtered ? (
    t("list.emptyFiltered", { object: label(object.label) })
  ) : (
    <>
      {t("list.empty", { object: label(object.label) })}
      <br />
      <span className="muted">{t("list.emptyHelp")}</span> <GuideLink page="rep" />
    </>
  );

  if (failed) return <div className="panel">{failed}</div>;
  return (
    <>
      {selected.size > 0 && (
        <BulkBar
          object={object}
          search={search}
          rows={rows.filter((r) => selected.has(r.id))}
          whole={table.hasMore && selected.size >= rows.length}
          onExport={onExport}
          onDone={() => setSelected(new Set())}
        />
      )}
      <DataTable
        label={label(object.label)}
        {...table}
        rowKey={(row) => row.id}
        columns={columns}
        narrow={narrow}
        cardLines={Math.ceil(cardFields(object) / 2)}
        card={(row) => <RecordCard object={object} row={row} columns={columns} />}
        density={kept.density}
        // A search has its own order.
        {...(search.q ? {} : { sort: readSort(search.sort), onSort: (sort) => ask({ sort: writeSort(sort) }) })}
        onResize={(key, width) => keep({ widths: { ...kept.widths, [key]: width } })}
        onMove={(key, to) => {
          keep({ columns: moved(keys, key, to) });
          if (!inView) ask({ cols: undefined });
        }}
        {...(object.actions.includes("edit") ? { cells } : {})}
        selected={selected}
        onSelect={setSelected}
        onOpen={open}
        onEdit={(row) => open(row, true)}
        empty={
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={none}>
            {clear ||
              (object.actions.includes("create") && (
                <Button type="primary" onClick={() => ask({ create: true })}>
                  {t("edit.createTitle", { object: label(object.label) })}
                </Button>
              ))}
          </Empty>
        }
      />
    </>
  );
}
