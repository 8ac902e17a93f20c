// A replay on a page of its own: for who left it while it ran, and to be shown to somebody.

import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { ProblemPage } from "@/shared/ProblemView";
import { useJobActs, useJobProgress } from "../jobs/useJobs";
import { ReplayOf, UnderWay } from "./ReplayPanel";
import "./replay.css";

export function ReplayPage() {
  const { t } = useTranslation("replay");
  const { id } = useParams({ from: "/roles/replays/$id" });
  const { effect } = useSearch({ from: "/roles/replays/$id" });
  const acts = useJobActs();
  const progress = useJobProgress(id);
  const job = progress.data;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{effect === undefined ? t("title") : t("effect.title", { version: effect })}</h1>
        <div className="grow" />
        {job?.state === "running" && <Button onClick={() => void acts.cancel(job.id)}>{t("cancel")}</Button>}
        <Link to="/roles">{t("back")}</Link>
      </div>
      {progress.isError ? (
        <ProblemPage problem={asProblem(progress.error)} onRetry={() => void progress.refetch()} />
      ) : (
        <section className="panel replay-page" aria-label={t("title")}>
          <p className="muted">{effect === undefined ? t("text") : t("effect.text", { version: effect })}</p>
          <div role="status">{job && <UnderWay job={job} />}</div>
          {job?.state === "done" && <ReplayOf id={job.id} />}
        </section>
      )}
    </div>
  );
}
