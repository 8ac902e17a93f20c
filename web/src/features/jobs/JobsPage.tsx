// Long work of one's own: what runs, how far it is, what it found or did.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Empty, Grid, Progress, Select, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { JobForm } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ReloadIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { compared } from "../duplicates/compared";
import { percentOf, useBulkWords, useJobActs, useJobProgress, whyOf } from "./useJobs";

const STATES = ["running", "done", "failed", "cancelled"] as const;

export function JobsPage() {
  const { t } = useTranslation("jobs");
  const label = useLabel();
  const { workspace } = useMe();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const acts = useJobActs();
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const query = useQuery({ queryKey: ["jobs"], queryFn: () => data(api.GET("/api/v1/jobs")), staleTime: 0 });
  const objects = workspace.objects.filter((o) => compared(o).length > 0 && o.actions.includes("create"));
  const object = chosen ?? objects[0]?.name;
  const begin = async () => {
    if (object === undefined) return;
    setBusy(true);
    await acts.scan(object);
    setBusy(false);
  };
  const what = useBulkWords().title;
  const columns: Column<JobForm>[] = [
    { key: "what", title: t("column.what"), width: 220, render: what },
    { key: "state", title: t("column.state"), width: 320, render: (job) => <State job={job} /> },
    { key: "found", title: t("column.found"), width: 240, render: (job) => <Found job={job} /> },
    { key: "began", title: t("column.began"), width: 180, render: (job) => formatTime(job.began_at) },
  ];
  return (
    <div className="page page-fixed">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="muted asked-note">{t("text")}</span>
      </div>
      <div className="page-head">
        {objects.length > 0 && (
          <>
            <Select
              aria-label={t("scan.choose")}
              value={object}
              options={objects.map((o) => ({ value: o.name, label: label(o.label) }))}
              onChange={setChosen}
              popupMatchSelectWidth={false}
            />
            <Button type="primary" title={t("scan.help")} loading={busy} onClick={() => void begin()}>
              {t("scan.begin")}
            </Button>
          </>
        )}
        <Button icon={<ReloadIcon />} loading={query.isFetching} onClick={() => void query.refetch()}>
          {t("reload")}
        </Button>
      </div>
      {query.isError ? (
        <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable<JobForm>
          label={t("title")}
          rowKey={(job) => job.id}
          columns={columns}
          narrow={narrow}
          density="roomy"
          rows={query.data?.items ?? []}
          loading={query.isPending}
          hasMore={false}
          loadingMore={false}
          onLoadMore={() => undefined}
          after={null}
          card={(job) => (
            <div className="card">
              <div className="card-title">{what(job)}</div>
              <div className="card-line">
                <State job={job} />
              </div>
              <div className="card-line">
                <Found job={job} />
              </div>
              <div className="card-line muted">{formatTime(job.began_at)}</div>
            </div>
          )}
          empty={
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")}>
              {objects.length > 0 && (
                <Button type="primary" loading={busy} onClick={() => void begin()}>
                  {t("scan.begin")}
                </Button>
              )}
            </Empty>
          }
        />
      )}
    </div>
  );
}

function Found({ job }: { job: JobForm }) {
  const { t } = useTranslation("jobs");
  const progress = useJobProgress(job.state === "running" ? job.id : undefined);
  const { found, cut, done, failed } = progress.data ?? job;
  if (job.kind === "import") {
    return (
      <Space wrap>
        {t("imported", { done: done - failed, failed })}
        <Link to="/imports/$object/$id" params={{ object: job.object, id: job.id }}>
          {t("open")}
        </Link>
      </Space>
    );
  }
  if (job.kind === "trial") {
    const search = { trial: job.id };
    if ((progress.data ?? job).state !== "done") return null;
    return job.act === null ? (
      <Link to="/detection/new" search={search}>
        {t("open")}
      </Link>
    ) : (
      <Link to="/detection/rules/$rule" params={{ rule: job.act }} search={{ tab: "trial", ...search }}>
        {t("open")}
      </Link>
    );
  }
  if (job.kind === "report") {
    if ((progress.data ?? job).state !== "done" || job.act === null) return null;
    return (
      <Link to="/reports/$id" params={{ id: job.act }}>
        {t("open")}
      </Link>
    );
  }
  if (job.kind === "replay") {
    if ((progress.data ?? job).state !== "done") return null;
    return (
      <Link to="/roles/replays/$id" params={{ id: job.id }}>
        {t("open")}
      </Link>
    );
  }
  if (job.kind === "bulk") {
    return (
      <Space wrap>
        {t("outcome.short", { done: done - failed, failed })}
        {done > 0 && (
          <Link to="/bulk/$object/$id" params={{ object: job.object, id: job.id }}>
            {t("open")}
          </Link>
        )}
      </Space>
    );
  }
  return (
    <Space>
      {t("found", { count: found })}
      {cut && t("cut")}
      {found > 0 && (
        <Link to="/duplicates/$object/$id" params={{ object: job.object, id: job.id }}>
          {t("open")}
        </Link>
      )}
    </Space>
  );
}

/** Asked again while it runs. */
function State({ job }: { job: JobForm }) {
  const { t } = useTranslation("jobs");
  const acts = useJobActs();
  const progress = useJobProgress(job.state === "running" ? job.id : undefined);
  const now = progress.data ?? job;
  const state = STATES.find((s) => s === now.state) ?? "failed";
  const why = whyOf(now);
  const count = t("progress", { done: now.done, total: now.total });
  if (state === "running") {
    return (
      <Space>
        <Progress percent={percentOf(now)} size="small" style={{ width: 120 }} aria-label={count} />
        <span className="muted">{count}</span>
        <Button size="small" onClick={() => void acts.cancel(job.id)}>
          {t("cancel")}
        </Button>
      </Space>
    );
  }
  return (
    <Space>
      <Tag>{t(`state.${state}`)}</Tag>
      {state === "failed" ? <span className="muted">{t(`why.${why}`)}</span> : <span className="muted">{count}</span>}
    </Space>
  );
}
