// "Who saw customer X": each access to a customer or one of its records, newest first, with the evidence to take away.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Alert, Button, Empty, Form, Grid, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { AuditTouch } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { formatTime } from "@/shared/format";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { type Paged, usePages } from "@/shared/usePages";
import { PeriodPicker } from "./PeriodPicker";
import { AskedNote, Decision, Rules, ShortId, StateTag, useFieldsSeen } from "./parts";
import { useRowParts } from "./rowParts";
import { isId } from "./search";
import { useEvidence } from "./useEvidence";
import "./audit.css";

function IdForm({ initial }: { initial?: string }) {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  return (
    <Form
      layout="inline"
      className="id-form"
      requiredMark={false}
      initialValues={{ id: initial ?? "" }}
      onFinish={({ id }: { id: string }) =>
        void navigate({ to: "/audit/seen/$id", params: { id: id.trim().toLowerCase() }, search: {} })
      }
    >
      <Form.Item
        name="id"
        label={t("seen.id")}
        rules={[
          {
            validator: (_, value: string) =>
              isId(value?.trim()) ? Promise.resolve() : Promise.reject(new Error(t("seen.needId"))),
          },
        ]}
        validateTrigger="onSubmit"
      >
        <Input className="mono" maxLength={40} data-page-search />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t("seen.ask")}
      </Button>
    </Form>
  );
}

export function SeenStart() {
  const { t } = useTranslation("audit");
  return (
    <div className="page">
      <h1>{t("seen.title")}</h1>
      <div className="panel start-panel">
        <p>{t("seen.text")}</p>
        <IdForm />
        <p className="muted">{t("seen.idHelp")}</p>
      </div>
    </div>
  );
}

const itemsOf = (answer: { page: { items: AuditTouch[] } }) => answer.page.items;

export function SeenPage() {
  const { t } = useTranslation("audit");
  const { id } = useParams({ from: "/audit/seen/$id" });
  const search = useSearch({ from: "/audit/seen/$id" });
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const seen = useInfiniteQuery({
    queryKey: ["audit", "seen", id, search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/audit/records/{id}", {
          signal,
          params: { path: { id }, query: { ...search, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (answer) => answer.page.next ?? undefined,
  });
  const { table, first, failed } = usePages(seen, itemsOf);
  const evidence = useEvidence(
    first && {
      subject: { customer: first.customer },
      period: { ...(search.from ? { from: search.from } : {}), ...(search.to ? { to: search.to } : {}) },
    },
  );
  const people = new Set(table.rows.map((row) => row.user)).size;
  return (
    <div className="page page-fixed">
      <div className="page-head">
        <h1>{t("seen.title")}</h1>
        <ShortId id={first?.customer ?? id} copy />
        <div className="grow" />
        {evidence.button}
      </div>
      <div className="feed-filters">
        <IdForm key={id} initial={id} />
        <PeriodPicker
          narrow={narrow}
          value={search}
          onChange={(period) =>
            void navigate({
              to: "/audit/seen/$id",
              params: { id },
              search: { ...(search.customer ? { customer: search.customer } : {}), ...period },
              replace: true,
            })
          }
        />
      </div>
      {typeof first?.kept_since === "number" && (
        <Alert type="warning" showIcon title={t("seen.keptSince", { time: formatTime(first.kept_since) })} />
      )}
      {first && first.merged.length > 0 && (
        <Alert type="info" showIcon title={t("seen.merged", { count: first.merged.length })} />
      )}
      {first?.part_of.map((part) => (
        <Alert
          key={`${part.record} ${part.from}`}
          type="info"
          showIcon
          title={t("seen.partOf", { from: formatTime(part.from), to: formatTime(part.to) })}
          action={
            <Link to="/audit/seen/$id" params={{ id: part.record }} search={{}}>
              {t("seen.partOfOpen")}
            </Link>
          }
        />
      ))}
      <AskedNote at={seen.dataUpdatedAt}>{table.rows.length > 0 && t("seen.people", { count: people })}</AskedNote>
      {failed ?? <TouchTable {...table} />}
      {evidence.dialog}
    </div>
  );
}

function TouchTable(props: Paged<AuditTouch>) {
  const { t } = useTranslation("audit");
  const term = useTerms();
  const seen = useFieldsSeen();
  const navigate = useNavigate();
  const open = (row: AuditTouch) => void navigate({ to: "/audit/log/$id", params: { id: row.event } });
  const fields = (row: AuditTouch) => {
    const text = seen(row.object, row.shown, row.masked);
    return text ? <span title={text}>{text}</span> : <span className="muted">{t("event.nothingShown")}</span>;
  };
  const state = (row: AuditTouch) => (
    <>
      <Decision decision={row.decision} />
      <StateTag state={row.touch_state === "whole" ? row.state : row.touch_state} />
    </>
  );
  const parts = useRowParts(open);
  const columns: Column<AuditTouch>[] = [
    parts.at,
    parts.user,
    parts.action(110),
    { key: "decision", title: t("col.decision"), width: 100, render: state },
    { key: "fields", title: t("col.fields"), width: 330, render: fields },
    { key: "rules", title: t("col.rules"), width: 150, render: (row) => <Rules rules={row.touch_rules} /> },
    {
      key: "source",
      title: t("col.source"),
      width: 180,
      render: (row) => `${row.source ?? "—"} · ${term("channel", row.channel)}`,
    },
  ];
  return (
    <DataTable
      label={t("seen.title")}
      rowKey={(row) => `${row.event}-${row.record ?? row.customer}`}
      columns={columns}
      narrow={parts.narrow}
      density="normal"
      onOpen={open}
      card={(row) => (
        <div className="card">
          {parts.title(row)}
          <div className="card-line event-line">
            {term("action", row.action)} {state(row)} {term("channel", row.channel)} {row.source}
          </div>
          <div className="card-line">{fields(row)}</div>
        </div>
      )}
      empty={
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={
            <>
              <div>{t("seen.none")}</div>
              <div className="muted">{t("seen.noneHelp")}</div>
            </>
          }
        />
      }
      {...props}
    />
  );
}
