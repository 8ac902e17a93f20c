// Policy replay: what a draft would have done with what people did. It is a job of the server's: it goes on when the drawer is closed, and
// what came of it stands on a page of its own.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, InputNumber, Progress } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { JobForm, MatrixRow } from "@/api/types";
import { ProblemAlert } from "@/shared/ProblemView";
import { percentOf, useJobActs, useJobProgress, whyOf } from "../jobs/useJobs";
import { ReplayResult } from "./ReplayResult";
import "./replay.css";

const MOST_DAYS = 3660;

export function ReplayPanel({ rows }: { rows: MatrixRow[] }) {
  const { t } = useTranslation("replay");
  const acts = useJobActs();
  const [days, setDays] = useState(90);
  const [id, setId] = useState<string>();
  const [beginning, setBeginning] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const job = useJobProgress(id).data;
  const run = async () => {
    setProblem(undefined);
    setBeginning(true);
    try {
      const body = { policy: { rows } as never, days };
      const next = await data(api.POST("/api/v1/admin/policy/replay", { body }));
      setId(next.id);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBeginning(false);
    }
  };
  return (
    <section aria-label={t("title")} className="replay">
      <h2>{t("title")}</h2>
      <p className="muted">{t("text")}</p>
      <div className="replay-act">
        <label htmlFor="replay-days">{t("days")}</label>
        <InputNumber
          id="replay-days"
          min={1}
          max={MOST_DAYS}
          precision={0}
          value={days}
          onChange={(n) => setDays(n ?? 90)}
        />
        {job?.state === "running" ? (
          <Button onClick={() => void acts.cancel(job.id)}>{t("cancel")}</Button>
        ) : (
          <Button loading={beginning} onClick={() => void run()}>
            {t("run")}
          </Button>
        )}
      </div>
      {problem && <ProblemAlert problem={problem} />}
      <div role="status">{job && <UnderWay job={job} />}</div>
      {job?.state === "done" && (
        <>
          <ReplayOf id={job.id} />
          <Link to="/roles/replays/$id" params={{ id: job.id }}>
            {t("whole")}
          </Link>
        </>
      )}
    </section>
  );
}

/** How far it is, or why it came to nothing. */
export function UnderWay({ job }: { job: JobForm }) {
  const { t } = useTranslation(["replay", "jobs"]);
  if (job.state === "done") return null;
  if (job.state === "cancelled") return <Alert type="info" title={t("cancelled")} />;
  if (job.state === "failed") {
    return <Alert type="error" showIcon title={t("failed", { why: t(`jobs:why.${whyOf(job)}`) })} />;
  }
  const count = t("progress", { done: job.done, total: job.total });
  return (
    <div className="replay-act">
      <Progress className="replay-progress" percent={percentOf(job)} size="small" aria-label={count} />
      <span className="muted number">{count}</span>
    </div>
  );
}

export function ReplayOf({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ["policy", "replay", id],
    queryFn: () => data(api.GET("/api/v1/admin/policy/replays/{id}", { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isError) return <ProblemAlert problem={asProblem(query.error)} />;
  const result = query.data?.result;
  return result ? <ReplayResult answer={result} /> : null;
}
