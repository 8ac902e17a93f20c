// What became of an act on many records: how many were done, which were not, and why.

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button, Empty, Skeleton, Tag } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useMe } from "@/app/session";
import { saveText } from "@/features/imports/saveText";
import { useLabel } from "@/i18n";
import { RecordLink } from "@/shared/fields/FieldText";
import { ProblemPage } from "@/shared/ProblemView";
import { Watermark } from "@/shared/Watermark";
import { refusedFile } from "./refused";
import { useBulkWords, useJobProgress } from "./useJobs";
import "./jobs.css";

/** Shown one by one; the file has all. */
const SHOWN = 200;

export function OutcomePage() {
  const { t } = useTranslation(["jobs", "records"]);
  const label = useLabel();
  const words = useBulkWords();
  const { object: name, id } = useParams({ from: "/bulk/$object/$id" });
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === name);
  const query = useQuery({
    queryKey: ["outcome", name, id],
    enabled: object !== undefined,
    staleTime: 0,
    queryFn: () => data(api.GET("/api/v1/records/{object}/bulk/{id}", { params: { path: { object: name, id } } })),
  });
  const running = query.data?.job.state === "running";
  const progress = useJobProgress(running ? id : undefined);
  const over = running && progress.data !== undefined && progress.data.state !== "running";
  const { refetch } = query;
  useEffect(() => {
    if (over) void refetch();
  }, [over, refetch]);
  if (object === undefined) return <Alert type="warning" title={t("records:list.noObject")} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const outcome = query.data;
  const helpOf = (code: string) => {
    const reason = outcome?.reasons.find((r) => r.code === code);
    return reason ? label(reason.help) : code;
  };
  const refused = outcome?.reasons.reduce((sum, r) => sum + r.count, 0) ?? 0;
  return (
    <Watermark>
      <div className="page">
        <div className="page-head">
          <h1>{outcome ? words.title(outcome.job) : t("outcome.title")}</h1>
          <div className="grow" />
          {outcome !== undefined && outcome.failed.length > 0 && (
            <Button onClick={() => saveText(`${name}-${id}.csv`, refusedFile(outcome.failed, helpOf))}>
              {t("outcome.file")}
            </Button>
          )}
          <Link to="/jobs">{t("groups.back")}</Link>
        </div>
        <p className="muted">{t("outcome.text")}</p>
        {outcome === undefined ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <>
            {outcome.job.state === "running" && <Alert type="info" showIcon title={t("groups.soFar")} />}
            {(outcome.job.state === "cancelled" || outcome.job.state === "failed") && (
              <Alert type="warning" showIcon title={t("outcome.stopped")} />
            )}
            <section className="panel job-group" aria-label={t("column.found")}>
              <h2>{t("outcome.counts", { done: outcome.done, failed: refused, total: outcome.job.total })}</h2>
              {refused === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("outcome.none")} />}
              <ul>
                {outcome.reasons.map((reason) => (
                  <li key={reason.code}>
                    <Tag>{reason.count}</Tag> {label(reason.help)} <code>{reason.code}</code>
                  </li>
                ))}
              </ul>
            </section>
            {outcome.failed.length > 0 && (
              <section className="panel job-group" aria-label={t("outcome.which")}>
                <h2>{t("outcome.which")}</h2>
                <ul>
                  {outcome.failed.slice(0, SHOWN).map((one) => (
                    <li key={one.id}>
                      <RecordLink object={name} id={one.id} />{" "}
                      <span className="muted">
                        {helpOf(one.code)} <code>{one.code}</code>
                      </span>
                    </li>
                  ))}
                </ul>
                {refused > Math.min(SHOWN, outcome.failed.length) && (
                  <p className="muted">
                    {t("outcome.others", { count: refused - Math.min(SHOWN, outcome.failed.length) })}
                  </p>
                )}
              </section>
            )}
          </>
        )}
      </div>
    </Watermark>
  );
}
