// An import that the server takes in: how far it is, and what became of it. The page may be closed and come back to.

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Alert, Skeleton, Steps } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ImportedAnswer } from "@/api/types";
import { useMe } from "@/app/session";
import { useJobActs, useJobProgress } from "@/features/jobs/useJobs";
import { useLabel } from "@/i18n";
import { ProblemPage } from "@/shared/ProblemView";
import { leftOutOf, STEPS } from "./begun";
import type { RowProblem } from "./mapping";
import { RunStep } from "./RunStep";
import type { Run } from "./run";
import "./imports.css";

export function ImportRunPage() {
  const { t } = useTranslation(["imports", "records"]);
  const label = useLabel();
  const { object: name, id } = useParams({ from: "/imports/$object/$id" });
  const { workspace } = useMe();
  const navigate = useNavigate();
  const acts = useJobActs();
  const object = workspace.objects.find((o) => o.name === name);
  const progress = useJobProgress(id);
  const over = progress.data !== undefined && progress.data.state !== "running";
  const result = useQuery({
    queryKey: ["import", id],
    enabled: over,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => data(api.GET("/api/v1/me/imports/{id}", { params: { path: { id } } })),
  });
  const leftOut = useQuery<RowProblem[]>({ ...leftOutOf(id), queryFn: () => [], enabled: false });
  if (object === undefined) return <Alert type="warning" title={t("records:list.noObject")} />;
  const failed = [progress, result].find((q) => q.isError);
  if (failed) return <ProblemPage problem={asProblem(failed.error)} onRetry={() => void failed.refetch()} />;
  const job = progress.data;
  const columnOf = (pointer: string) => {
    if (pointer === "/owner") return t("mapping.owner");
    const field = object.fields.find((f) => `/fields/${f.name}` === pointer);
    if (field) return label(field.label);
    return /\/key$/.test(pointer) ? t("mapping.key") : pointer.replace(/^\/(fields\/)?/, "");
  };
  return (
    <div className="page import-page">
      <div className="page-head">
        <h1>{t("title", { object: label(object.label) })}</h1>
        <div className="grow" />
        <Link to="/imports">{t("past")}</Link>
      </div>
      <Steps size="small" current={3} items={STEPS.map((key) => ({ title: t(`steps.${key}`) }))} />
      {job === undefined || (over && result.data === undefined) ? (
        <Skeleton active />
      ) : (
        <RunStep
          object={object}
          read={undefined}
          began={job.began_at}
          progress={over ? undefined : { dry: false, sent: job.done, total: job.total }}
          run={result.data ? runOf(result.data, leftOut.data ?? [], columnOf) : undefined}
          dry={false}
          onStop={() => void acts.cancel(id)}
          onBack={() => undefined}
          onImport={() => undefined}
          onAgain={() => void navigate({ to: "/imports/$object", params: { object: name } })}
        />
      )}
    </div>
  );
}

/** What the server says, with the rows that were left out when the file was read, as far as this tab still knows them. */
function runOf(answer: ImportedAnswer, leftOut: readonly RowProblem[], columnOf: (pointer: string) => string): Run {
  const problems = answer.rejected.flatMap((rejected) =>
    rejected.errors.map((error): RowProblem => {
      const code = error.pointer === "/owner" ? "no_such_user" : error.code;
      return {
        row: rejected.row,
        column: columnOf(error.pointer),
        code,
        ...(code === error.code && error.help ? { help: error.help } : {}),
      };
    }),
  );
  return {
    sent: answer.job.done,
    created: answer.created,
    changed: answer.changed,
    unchanged: answer.unchanged,
    problems: [...leftOut, ...problems].sort((a, b) => a.row - b.row),
    job: answer.job.id,
    stopped: answer.job.state !== "done",
  };
}
