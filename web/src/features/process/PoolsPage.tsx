// What waits in the public pools, what is left of their limits, and claiming.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, Empty, Grid, Segmented, Skeleton, Space, Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { Condition, ObjectForm, OwnPool, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { defaultColumns, useColumns } from "@/features/records/list/columns";
import { RecordCard } from "@/features/records/list/RecordCard";
import { useList } from "@/features/records/list/useList";
import { useLabel } from "@/i18n";
import { ProblemPage } from "@/shared/ProblemView";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { Watermark } from "@/shared/Watermark";
import { ClaimButton } from "./ClaimButton";
import { useOwnPools } from "./pools";
import "./process.css";

const keyOf = (pool: OwnPool) => `${pool.object}.${pool.name}`;

export function PoolsPage() {
  const { t } = useTranslation("process");
  const label = useLabel();
  const { workspace } = useMe();
  const search = useSearch({ from: "/pools" });
  const navigate = useNavigate();
  const pools = useOwnPools(true);
  if (pools.isPending) {
    return (
      <div className="page" role="status" aria-label={t("pools.title")}>
        <Skeleton active />
      </div>
    );
  }
  if (pools.isError) return <ProblemPage problem={asProblem(pools.error)} onRetry={() => void pools.refetch()} />;
  const all = pools.data.items;
  const pool = all.find((p) => keyOf(p) === search.pool) ?? all[0];
  const object = workspace.objects.find((o) => o.name === pool?.object);
  return (
    <Watermark>
      <div className="page page-fixed">
        <div className="page-head">
          <h1>{t("pools.title")}</h1>
          {all.length > 1 && (
            <Segmented
              className="pool-choice"
              value={pool ? keyOf(pool) : ""}
              onChange={(next) => void navigate({ to: "/pools", search: { pool: next } })}
              options={all.map((p) => ({ value: keyOf(p), label: label(p.label) }))}
            />
          )}
        </div>
        {pool === undefined || object === undefined ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("pools.none")}>
            <span className="muted">{t("pools.noneHelp")}</span>
          </Empty>
        ) : (
          <Waiting
            key={keyOf(pool)}
            pool={pool}
            object={object}
            first={all.find((p) => p.object === pool.object) === pool}
          />
        )}
      </div>
    </Watermark>
  );
}

function Limits({ pool }: { pool: OwnPool }) {
  const { t } = useTranslation("process");
  const of = (used: number, most: number | null | undefined) =>
    most === null || most === undefined ? `${used} / ${t("pools.noLimit")}` : `${used} / ${most}`;
  return (
    <Space wrap size={[4, 4]}>
      <Tag>
        {t("pools.today")} {of(pool.claimed_today, pool.daily_claims)}
      </Tag>
      <Tag>
        {t("pools.holding")} {of(pool.holding, pool.holding_limit)}
      </Tag>
      {pool.former_owner_days > 0 && <Tag>{t("pools.former", { count: pool.former_owner_days })}</Tag>}
      {pool.new_hours > 0 && <Tag>{t("pools.fresh", { count: pool.new_hours })}</Tag>}
      {typeof pool.recycle_days === "number" && <Tag>{t("pools.recycle", { count: pool.recycle_days })}</Tag>}
    </Space>
  );
}

function Waiting({ pool, object, first }: { pool: OwnPool; object: ObjectForm; first: boolean }) {
  const { t } = useTranslation(["process", "records"]);
  const label = useLabel();
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const named = object.process.pool?.name;
  const keys = useMemo(() => defaultColumns(object).filter((key) => key !== "owner"), [object]);
  const filter = useMemo((): Condition => {
    const waiting: Condition = { test: { field: "pool", op: "eq", value: true } };
    if (named === undefined) return waiting;
    const here: Condition = { test: { field: named, op: "eq", value: pool.name } };
    // The first pool of an object also holds what waits without a pool's name.
    const nameless: Condition = { test: { field: named, op: "is_empty" } };
    return { all: [waiting, first ? { any: [here, nameless] } : here] };
  }, [named, pool.name, first]);
  const list = useList(object, { filter }, keys, true);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const title = (row: RecordView) => {
    const value = object.title_field ? row.fields[object.title_field] : undefined;
    return typeof value === "string" ? value : t("records:untitled");
  };
  const columns = useColumns(object, keys, {});
  const may = pool.member && object.actions.includes("claim");
  const claim = (row: RecordView) => <ClaimButton object={object.name} id={row.id} title={title(row)} small />;
  const shown: Column<RecordView>[] = may
    ? [...columns.slice(0, 1), { key: "claim", title: t("claim.act"), width: 110, render: claim }, ...columns.slice(1)]
    : columns;
  return (
    <>
      <Limits pool={pool} />
      {pool.member ? (
        <p className="muted pool-note">{t("pools.masked")}</p>
      ) : (
        <Alert type="info" showIcon title={t("pools.notMember")} />
      )}
      {list.isError && rows.length === 0 ? (
        <ProblemPage problem={asProblem(list.error)} onRetry={() => void list.refetch()} />
      ) : (
        <DataTable
          label={label(pool.label)}
          rows={rows}
          rowKey={(row) => row.id}
          columns={shown}
          narrow={narrow}
          card={(row) => (
            <div className="pool-card">
              <RecordCard object={object} row={row} columns={columns} />
              {may && claim(row)}
            </div>
          )}
          density="normal"
          onOpen={(row) =>
            void navigate({ to: "/records/$object/$id", params: { object: object.name, id: row.id }, search: {} })
          }
          loading={list.isPending}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          empty={
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t("pools.empty", { object: label(object.label) })}
            />
          }
        />
      )}
    </>
  );
}
