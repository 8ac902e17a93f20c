// A dry run or an import: how far it is, what became of the rows, and which were not taken.

import { Link } from "@tanstack/react-router";
import { Alert, Button, Progress, Statistic, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import type { Read } from "./mapping";
import { errorFile, type Run } from "./run";
import { saveText } from "./saveText";
import { useUndo } from "./useUndo";

/** Reasons shown; all are in the file. */
const SHOWN = 100;

type Props = {
  object: ObjectForm;
  read: Read | undefined;
  began: number;
  progress: { dry: boolean; sent: number; total: number } | undefined;
  run: Run | undefined;
  dry: boolean;
  onStop: () => void;
  onBack: () => void;
  onImport: () => void;
  onAgain: () => void;
};

export function RunStep({ object, read, began, progress, run, dry, onStop, onBack, onImport, onAgain }: Props) {
  const { t, i18n } = useTranslation(["imports", "common"]);
  const label = useLabel();
  const { undo, begun, dialog } = useUndo();
  const word = (code: string) => t(`codes.${code as "required"}`, { defaultValue: t("codes.other", { code }) });
  const inBoth = (code: string) => {
    const of = (lng: string) => i18n.getFixedT(lng, "imports");
    const text = (lng: string) =>
      of(lng)(`codes.${code as "required"}`, { defaultValue: of(lng)("codes.other", { code }) });
    return { zh: text("zh-CN"), en: text("en") };
  };
  if (progress !== undefined || run === undefined) {
    const { sent, total } = progress ?? { sent: 0, total: 0 };
    return (
      <div className="panel import-panel" role="status">
        <h2>{t(progress?.dry ? "run.checking" : "run.importing")}</h2>
        <Progress percent={Math.round((100 * sent) / Math.max(1, total))} />
        <p className="muted">{t("run.progress", { sent, total })}</p>
        {progress?.dry === false && <p className="muted">{t("run.closable")}</p>}
        {(progress?.dry !== false || began > 0) && <Button onClick={onStop}>{t("run.stop")}</Button>}
      </div>
    );
  }
  const rejected = new Set(run.problems.map((p) => p.row)).size;
  const rows = read?.rows.length ?? 0;
  const taken = run.created + run.changed;
  // A clock that is a little behind the server's still shows them all.
  const since = new Date(began - 60_000).toISOString();
  return (
    <div className="panel import-panel">
      <h2>{t(dry ? "run.dryDone" : "run.done")}</h2>
      {run.broke && <ProblemAlert problem={run.broke} />}
      {run.stopped && <Alert type="warning" showIcon title={t("run.stopped")} />}
      <div className="import-counts">
        <Statistic title={t(dry ? "run.wouldCreate" : "run.created")} value={run.created} />
        <Statistic title={t(dry ? "run.wouldChange" : "run.changed")} value={run.changed} />
        <Statistic title={t("run.unchanged")} value={run.unchanged} />
        <Statistic title={t("run.rejected")} value={rejected} />
      </div>
      {run.problems.length > 0 && (
        <>
          <h3>{t("run.errors", { count: run.problems.length })}</h3>
          <p className="muted">{t("run.errorsHelp")}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
          <div className="import-scroll" role="region" aria-label={t("run.rejected")} tabIndex={0}>
            <table className="import-columns">
              <thead>
                <tr>
                  <th>{t("run.row")}</th>
                  <th>{t("mapping.column")}</th>
                  <th>{t("run.reason")}</th>
                </tr>
              </thead>
              <tbody>
                {run.problems.slice(0, SHOWN).map((p) => (
                  <tr key={`${p.row}.${p.column}.${p.code}`}>
                    <td>{p.row}</td>
                    <td>{p.column}</td>
                    <td>
                      {p.help ? label(p.help) : word(p.code)} <Tag>{p.code}</Tag>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {run.problems.length > SHOWN && (
            <p className="muted">{t("run.more", { count: run.problems.length - SHOWN })}</p>
          )}
        </>
      )}
      {dry && run.changed > 0 && <Alert type="info" showIcon title={t("run.overwrite")} />}
      <div className="import-acts">
        {run.problems.length > 0 && (
          <Button onClick={() => saveText(`${object.name}-errors.csv`, errorFile(run.problems, inBoth))}>
            {t("run.download")}
          </Button>
        )}
        {dry ? (
          <>
            <Button onClick={onBack}>{t("run.back")}</Button>
            <Button type="primary" disabled={taken + run.unchanged === 0 || run.broke !== undefined} onClick={onImport}>
              {taken + run.unchanged === 0 ? t("run.nothing") : t("run.import", { count: rows })}
            </Button>
          </>
        ) : (
          <>
            {run.job !== undefined && run.created > 0 && !begun && (
              <Button danger onClick={() => undo(object.name, run.job as string, run.created)}>
                {t("undo.act")}
              </Button>
            )}
            <Button onClick={onAgain}>{t("run.again")}</Button>
            <Link
              to="/records/$object"
              params={{ object: object.name }}
              search={{ filter: { test: { field: "created_at", op: "ge", value: since } }, sort: "created_at" }}
            >
              <Button type="primary">{t("run.show")}</Button>
            </Link>
          </>
        )}
      </div>
      {dialog}
    </div>
  );
}
