// What became of an act on many records: how many were done, which were not and why, and trying those again.

import { Link } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import type { Report } from "./bulk";

/** Shown one by one; the others are counted. */
const SHOWN = 200;

type Props = { object: ObjectForm; report: Report; onRetry: () => void; onClose: () => void };

export function BulkReport({ object, report, onRetry, onClose }: Props) {
  const { t } = useTranslation(["records", "common"]);
  const label = useLabel();
  const { failed } = report;
  return (
    <Modal
      open
      onCancel={onClose}
      title={t("bulk.done", { count: report.done })}
      footer={
        <>
          {failed.length > 0 && <Button onClick={onRetry}>{t("bulk.retry", { count: failed.length })}</Button>}
          <Button type="primary" onClick={onClose}>
            {t("common:close")}
          </Button>
        </>
      }
    >
      {report.broke && <ProblemAlert problem={report.broke} style={{ marginBottom: 12 }} />}
      {report.stopped && <p>{t("bulk.stopped")}</p>}
      {failed.length > 0 && (
        <>
          <p>{t("bulk.failed", { count: failed.length })}</p>
          <ul className="bulk-failed">
            {failed.slice(0, SHOWN).map(({ target, problem }) => (
              <li key={target.id}>
                <Link to="/records/$object/$id" params={{ object: object.name, id: target.id }} target="_blank">
                  {target.title ?? t("untitled")}
                </Link>
                <div className="muted">
                  {label(problem.help)} <code>{problem.code}</code>
                </div>
              </li>
            ))}
          </ul>
          {failed.length > SHOWN && <p className="muted">{t("bulk.others", { count: failed.length - SHOWN })}</p>}
        </>
      )}
    </Modal>
  );
}
