// A new import, step by step: a file, which column becomes what, a dry run, the import. Nothing is written before the last, which is the
// server's to do.

import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Alert, Result, Steps, Upload } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ImportMapping, KeptMapping, ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { useJobActs } from "@/features/jobs/useJobs";
import { useLabel } from "@/i18n";
import { UploadIcon } from "@/shared/icons";
import { Watermark } from "@/shared/Watermark";
import { beginBody, leftOutOf, STEPS } from "./begun";
import { FileError, readTable, type Table } from "./file";
import { MappingStep } from "./MappingStep";
import { guess, type Read, readRows, type Unowned } from "./mapping";
import { RunStep } from "./RunStep";
import { type Run, runImport, sender } from "./run";
import "./imports.css";

export function ImportPage() {
  const { t } = useTranslation("imports");
  const { object: name } = useParams({ from: "/imports/$object" });
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === name);
  if (object === undefined || !object.actions.includes("import"))
    return <Result status="warning" title={t("noRight")} />;
  return (
    <Watermark>
      <Wizard key={name} object={object} />
    </Watermark>
  );
}

type Loaded = { name: string; table: Table; mapping: ImportMapping; remembered: boolean };
type Progress = { dry: boolean; sent: number; total: number };

function Wizard({ object }: { object: ObjectForm }) {
  const { t } = useTranslation(["imports", "common"]);
  const label = useLabel();
  const { me } = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const jobs = useJobActs();
  const [file, setFile] = useState<Loaded>();
  const [unreadable, setUnreadable] = useState<FileError>();
  const [unowned, setUnowned] = useState<Unowned>("me");
  const [progress, setProgress] = useState<Progress>();
  const [read, setRead] = useState<Read>();
  const [dry, setDry] = useState<Run>();
  const stopped = useRef(false);

  const take = async (chosen: File) => {
    setUnreadable(undefined);
    try {
      const table = await readTable(new Uint8Array(await chosen.arrayBuffer()));
      let kept: KeptMapping[] = [];
      try {
        const answer = await data(
          api.GET("/api/v1/records/{object}/import/mappings", { params: { path: { object: object.name } } }),
        );
        kept = answer.items;
      } catch {
        // What was remembered is a convenience: without it the headings are guessed by.
      }
      const remembered = kept.some((k) => JSON.stringify(k.headings) === JSON.stringify(table.headings));
      setFile({ name: chosen.name, table, mapping: guess(table.headings, object, kept), remembered });
    } catch (error) {
      setUnreadable(error instanceof FileError ? error : new FileError("damaged"));
    }
  };
  const check = async (mapping: ImportMapping) => {
    if (file === undefined) return;
    stopped.current = false;
    const rows = readRows(file.table, mapping, object, unowned, me.user.login);
    setRead(rows);
    setProgress({ dry: true, sent: 0, total: rows.rows.length });
    const run = await runImport(
      rows,
      mapping,
      sender(object.name, mapping),
      () => stopped.current,
      (now) => setProgress({ dry: true, sent: now.sent, total: rows.rows.length }),
    );
    setProgress(undefined);
    setDry(run);
    if (!run.broke) await keep(object.name, file.table.headings, mapping);
  };
  /** The rows go to the server, which takes them in; from then on nothing of it hangs on this tab. */
  const importNow = async (mapping: ImportMapping) => {
    if (read === undefined || dry === undefined) return;
    setProgress({ dry: false, sent: 0, total: read.rows.length });
    try {
      const job = await data(
        api.POST("/api/v1/records/{object}/import/begin", {
          params: { path: { object: object.name } },
          body: beginBody(read, mapping),
        }),
      );
      queries.setQueryData(leftOutOf(job.id).queryKey, read.problems);
      await jobs.begun(job, t("run.begun"));
      await navigate({ to: "/imports/$object/$id", params: { object: object.name, id: job.id } });
    } catch (error) {
      setDry({ ...dry, broke: asProblem(error) });
      setProgress(undefined);
    }
  };
  const restart = () => {
    setFile(undefined);
    setRead(undefined);
    setDry(undefined);
  };
  const step = progress?.dry === false ? 3 : dry || progress ? 2 : file ? 1 : 0;

  return (
    <div className="page import-page">
      <div className="page-head">
        <h1>{t("title", { object: label(object.label) })}</h1>
        <div className="grow" />
        <Link to="/imports">{t("past")}</Link>
      </div>
      <Steps size="small" current={step} items={STEPS.map((key) => ({ title: t(`steps.${key}`) }))} />
      {step === 0 && (
        <div className="panel import-panel">
          <Upload.Dragger
            accept=".csv,.txt,.tsv,.xlsx"
            maxCount={1}
            showUploadList={false}
            beforeUpload={(chosen) => {
              void take(chosen);
              return false;
            }}
          >
            <p>
              <UploadIcon /> {t("file.drop")}
            </p>
            <p className="muted">{t("file.help")}</p>
          </Upload.Dragger>
          {unreadable && (
            <Alert
              type="error"
              showIcon
              title={t(`unreadable.${unreadable.why}`, { heading: unreadable.heading ?? "" })}
            />
          )}
          <Alert type="info" showIcon title={t("file.private")} />
        </div>
      )}
      {step === 1 && file && (
        <MappingStep
          object={object}
          file={file}
          unowned={unowned}
          onUnowned={setUnowned}
          onMapping={(mapping) => setFile({ ...file, mapping })}
          onAnother={restart}
          onNext={() => void check(file.mapping)}
        />
      )}
      {(step === 2 || step === 3) && file && (
        <RunStep
          object={object}
          read={read}
          began={0}
          progress={progress}
          run={step === 3 ? undefined : dry}
          dry={step === 2}
          onStop={() => {
            stopped.current = true;
          }}
          onBack={() => {
            setDry(undefined);
            setRead(undefined);
          }}
          onImport={() => void importNow(file.mapping)}
          onAgain={restart}
        />
      )}
      {progress === undefined && step < 3 && file && (
        <p className="muted">
          {t("file.read", { name: file.name, rows: file.table.rows.length, columns: file.table.headings.length })}
        </p>
      )}
    </div>
  );
}

/** For the next file of the same columns; that it could not be kept stands in nobody's way. */
async function keep(object: string, headings: string[], mapping: ImportMapping): Promise<void> {
  try {
    await api.PUT("/api/v1/records/{object}/import/mappings", {
      params: { path: { object } },
      body: { headings, mapping: { ...mapping, source: mapping.source.trim() } },
    });
  } catch {
    // Told to nobody: the import itself goes on.
  }
}
