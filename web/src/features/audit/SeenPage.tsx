// "Who saw customer X": each access to a customer or one of its records, newest first, with the evidence to take away.

import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Alert, Button, Empty, Form, Grid, Input } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { AuditTouch } from "@/api/types";
import { useDuty } from "@/app/session";
import { useTerms } from "@/i18n/terms";
import { formatTime } from "@/shared/format";
import { DownloadIcon } from "@/shared/icons";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { EvidenceDialog } from "./EvidenceDialog";
import { PeriodPicker } from "./PeriodPicker";
import { AskedNote, Decision, Rules, ShortId, StateTag, useFieldsSeen, useWho } from "./parts";
import { isId } from "./search";
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

export function SeenPage() {
  const { t } = useTranslation("audit");
  const { id } = useParams({ from: "/audit/seen/$id" });
  const search = useSearch({ from: "/audit/seen/$id" });
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const mayTake = useDuty("audit.evidence");
  const [taking, setTaking] = useState(false);
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
  const rows = useMemo(() => seen.data?.pages.flatMap((answer) => answer.page.items) ?? [], [seen.data]);
  const first = seen.data?.pages[0];
  const people = new Set(rows.map((row) => row.user)).size;
  return (
    <div className="page page-fixed">
      <div className="page-head">
        <h1>{t("seen.title")}</h1>
        <ShortId id={first?.customer ?? id} copy />
        <div className="grow" />
        {mayTake && first && (
          <Button type="primary" icon={<DownloadIcon />} onClick={() => setTaking(true)}>
            {t("evidence.button")}
          </Button>
        )}
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
      <AskedNote at={seen.dataUpdatedAt}>{rows.length > 0 && t("seen.people", { count: people })}</AskedNote>
      {seen.isError && rows.length === 0 ? (
        <ProblemPage problem={asProblem(seen.error)} onRetry={() => void seen.refetch()} />
      ) : (
        <TouchTable
          rows={rows}
          loading={seen.isPending}
          hasMore={seen.hasNextPage}
          loadingMore={seen.isFetchingNextPage}
          onLoadMore={() => void seen.fetchNextPage()}
          after={
            seen.isFetchNextPageError ? (
              <ProblemAlert problem={asProblem(seen.error)} onRetry={() => void seen.fetchNextPage()} />
            ) : undefined
          }
        />
      )}
      {taking && first && (
        <EvidenceDialog
          subject={{ customer: first.customer }}
          period={{ ...(search.from ? { from: search.from } : {}), ...(search.to ? { to: search.to } : {}) }}
          onClose={() => setTaking(false)}
        />
      )}
    </div>
  );
}

type TableProps = Pick<
  Parameters<typeof DataTable<AuditTouch>>[0],
  "rows" | "loading" | "hasMore" | "loadingMore" | "onLoadMore" | "after"
>;

function TouchTable(props: TableProps) {
  const { t } = useTranslation("audit");
  const term = useTerms();
  const who = useWho();
  const seen = useFieldsSeen();
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
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
  const when = (row: AuditTouch) => (
    <button type="button" className="row-open" onClick={() => open(row)}>
      {formatTime(row.at)}
    </button>
  );
  const columns: Column<AuditTouch>[] = [
    { key: "at", title: t("col.at"), width: 150, render: when },
    { key: "user", title: t("col.user"), width: 120, render: who },
    { key: "action", title: t("col.action"), width: 110, render: (row) => term("action", row.action) },
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
      narrow={narrow}
      density="normal"
      onOpen={open}
      card={(row) => (
        <div className="card">
          <div className="card-title">
            {when(row)} · {who(row)}
          </div>
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
