// A new import, step by step: a file, which column becomes what, a dry run, the import. Nothing is written before the last.

import { Link, useParams } from "@tanstack/react-router";
import { Alert, Result, Steps, Upload } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { ImportMapping, KeptMapping, ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { UploadIcon } from "@/shared/icons";
import { Watermark } from "@/shared/Watermark";
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
  const [file, setFile] = useState<Loaded>();
  const [unreadable, setUnreadable] = useState<FileError>();
  const [unowned, setUnowned] = useState<Unowned>("me");
  const [progress, setProgress] = useState<Progress>();
  const [read, setRead] = useState<Read>();
  const [dry, setDry] = useState<Run>();
  const [real, setReal] = useState<Run>();
  const [began, setBegan] = useState(0);
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
  const begin = async (mapping: ImportMapping, dryRun: boolean) => {
    if (file === undefined) return;
    stopped.current = false;
    const rows = readRows(file.table, mapping, object, unowned, me.user.login);
    setRead(rows);
    setProgress({ dry: dryRun, sent: 0, total: rows.rows.length });
    if (!dryRun) setBegan(Date.now());
    const run = await runImport(
      rows,
      mapping,
      sender(object.name, mapping, dryRun),
      () => stopped.current,
      (now) => setProgress({ dry: dryRun, sent: now.sent, total: rows.rows.length }),
    );
    setProgress(undefined);
    if (dryRun) {
      setDry(run);
      if (!run.broke) await keep(object.name, file.table.headings, mapping);
    } else setReal(run);
  };
  const restart = () => {
    setFile(undefined);
    setRead(undefined);
    setDry(undefined);
    setReal(undefined);
  };
  const step = real || progress?.dry === false ? 3 : dry || progress ? 2 : file ? 1 : 0;

  return (
    <div className="page import-page">
      <div className="page-head">
        <h1>{t("title", { object: label(object.label) })}</h1>
        <div className="grow" />
        <Link to="/imports">{t("past")}</Link>
      </div>
      <Steps
        size="small"
        current={step}
        items={(["file", "mapping", "check", "done"] as const).map((key) => ({ title: t(`steps.${key}`) }))}
      />
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
          onNext={() => void begin(file.mapping, true)}
        />
      )}
      {(step === 2 || step === 3) && file && (
        <RunStep
          object={object}
          read={read}
          began={began}
          progress={progress}
          run={step === 3 ? real : dry}
          dry={step === 2}
          onStop={() => {
            stopped.current = true;
          }}
          onBack={() => {
            setDry(undefined);
            setRead(undefined);
          }}
          onImport={() => void begin(file.mapping, false)}
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
