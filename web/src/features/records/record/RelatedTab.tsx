// Records of another object type that belong to this customer, or name this record.

import { useNavigate } from "@tanstack/react-router";
import { Button, Empty, Grid } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { Condition, ObjectForm, RecordView } from "@/api/types";
import { useAggregate } from "@/features/dashboards/useAggregate";
import { useLabel } from "@/i18n";
import { formatNumber } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import type { Values } from "@/shared/RecordForm";
import { DataTable } from "@/shared/table/DataTable";
import { CreateDrawer } from "../edit/CreateDrawer";
import { defaultColumns, useColumns } from "../list/columns";
import { RecordCard } from "../list/RecordCard";
import { useList } from "../list/useList";

/** How records of `other` are related to records of `object`: of the same customer, or by a field that names them. */
export type Relation = { other: ObjectForm; field: string; byCustomer: boolean };

export function relationsOf(object: ObjectForm, all: ObjectForm[]): Relation[] {
  return all
    .filter((other) => other.name !== object.name)
    .flatMap((other) => {
      const naming = other.fields.filter((f) => f.type.kind === "reference" && f.type.object === object.name);
      const field = naming.find((f) => f.name === other.customer_field) ?? naming.find((f) => f.filterable);
      return field ? [{ other, field: field.name, byCustomer: field.name === other.customer_field }] : [];
    });
}

/** Sums of the related records' amounts 汇总: asked when they are looked at, over what the person may see. */
function RelatedSums({ relation, id, filter }: { relation: Relation; id: string; filter: Condition | undefined }) {
  const { t } = useTranslation("dashboards");
  const label = useLabel();
  const { other, byCustomer } = relation;
  // The sum of prices is the price of nothing.
  const amounts = other.fields.filter((f) => f.filterable && f.type.kind === "money" && !f.name.endsWith("price"));
  const shown = amounts.slice(0, 3);
  const sums = useAggregate(
    other.name,
    {
      by: [],
      values: shown.map((f) => ({ field: f.name, work: "sum" as const })),
      filter,
      ...(byCustomer ? { customer: id } : {}),
    },
    shown.length > 0,
  );
  const [whole] = sums.data?.items ?? [];
  if (!whole) return null;
  return (
    <span className="muted">
      {shown
        .map(
          (f, n) =>
            `${label(f.label)} · ${t("work.sum")} ${formatNumber(whole.values[n] ?? 0, f.type.scale ?? 0, false)}`,
        )
        .join(" · ")}
    </span>
  );
}

/** Nobody resizes them here. */
const STANDARD: Record<string, number> = {};

export function RelatedTab({
  relation,
  record,
  customerField,
}: {
  relation: Relation;
  record: RecordView;
  customerField: string | null;
}) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const [creating, setCreating] = useState(false);
  const { other, field, byCustomer } = relation;
  const keys = useMemo(
    () => defaultColumns(other).filter((key) => key !== field && key !== other.customer_field),
    [other, field],
  );
  const columns = useColumns(other, keys, STANDARD);
  const filter: Condition | undefined = byCustomer ? undefined : { test: { field, op: "eq", value: record.id } };
  const list = useList(other, filter ? { filter } : {}, keys, true, byCustomer ? record.id : undefined);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const start: Values = { [field]: record.id };
  if (!byCustomer && other.customer_field && customerField) start[other.customer_field] = record.customer;
  const create = other.actions.includes("create") && (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t("record.newRelated", { object: label(other.label) })}
    </Button>
  );
  return (
    <div className="related">
      <div className="page-head">
        {rows.length > 0 && create}
        {rows.length > 0 && <RelatedSums relation={relation} id={record.id} filter={filter} />}
      </div>
      {list.isError && rows.length === 0 ? (
        <ProblemPage problem={asProblem(list.error)} onRetry={() => void list.refetch()} />
      ) : (
        <DataTable
          label={label(other.label)}
          rows={rows}
          rowKey={(row) => row.id}
          columns={columns}
          narrow={narrow}
          card={(row) => <RecordCard object={other} row={row} columns={columns} />}
          density="normal"
          onOpen={(row) =>
            void navigate({ to: "/records/$object/$id", params: { object: other.name, id: row.id }, search: {} })
          }
          loading={list.isPending}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t("record.noRelated", { object: label(other.label) })}
            >
              {create}
            </Empty>
          }
        />
      )}
      {creating && <CreateDrawer object={other} values={start} stay onClose={() => setCreating(false)} />}
    </div>
  );
}
