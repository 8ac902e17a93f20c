// What can be done to the selected rows, one by one: each is decided by itself, and what was not done is told.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal, Progress } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { TransferDialog, type TransferTo } from "../TransferDialog";

type Outcome = { done: number; failed: Array<{ row: RecordView; problem: ProblemError }> };

export function BulkBar({ object, rows, onDone }: { object: ObjectForm; rows: RecordView[]; onDone: () => void }) {
  const { t } = useTranslation(["records", "common"]);
  const label = useLabel();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const [transferring, setTransferring] = useState(false);
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [outcome, setOutcome] = useState<Outcome>();
  const stopped = useRef(false);

  const run = async (act: (row: RecordView) => Promise<unknown>) => {
    stopped.current = false;
    const result: Outcome = { done: 0, failed: [] };
    for (const [at, row] of rows.entries()) {
      if (stopped.current) break;
      setProgress({ done: at, total: rows.length });
      try {
        await act(row);
        result.done += 1;
      } catch (error) {
        result.failed.push({ row, problem: asProblem(error) });
      }
    }
    setProgress(undefined);
    setOutcome(result);
    await queries.invalidateQueries({ queryKey: ["list", object.name] });
  };
  const header = (row: RecordView) => ({ "If-Match": `"${row.version}"` });
  const transfer = (to: TransferTo) =>
    run((row) =>
      api.POST("/api/v1/records/{object}/{id}/transfer", {
        params: { path: { object: object.name, id: row.id }, header: header(row) },
        body: to,
      }),
    );
  const remove = () =>
    run((row) =>
      api.DELETE("/api/v1/records/{object}/{id}", {
        params: { path: { object: object.name, id: row.id }, header: header(row) },
      }),
    );
  const title = (row: RecordView) => {
    const value = object.title_field ? row.fields[object.title_field] : undefined;
    return typeof value === "string" ? value : t("untitled");
  };

  return (
    <div className="panel bulk" role="toolbar" aria-label={t("list.selected", { count: rows.length })}>
      <span>{t("list.selected", { count: rows.length })}</span>
      {object.actions.includes("transfer") && (
        <Button size="small" onClick={() => setTransferring(true)}>
          {t("bulk.transfer")}
        </Button>
      )}
      {object.actions.includes("delete") && (
        <Button
          size="small"
          danger
          onClick={() =>
            modal.confirm({
              title: t("bulk.confirmDelete", { count: rows.length }),
              content: t("record.confirmDeleteText"),
              okText: t("bulk.delete"),
              okButtonProps: { danger: true },
              onOk: () => void remove(),
            })
          }
        >
          {t("bulk.delete")}
        </Button>
      )}
      <Button size="small" type="text" onClick={onDone}>
        {t("list.clearSelection")}
      </Button>
      {transferring && (
        <TransferDialog
          object={object.name}
          pool={object.has_pool}
          onClose={() => setTransferring(false)}
          onSubmit={async (to) => {
            setTransferring(false);
            await transfer(to);
          }}
        />
      )}
      <Modal
        open={progress !== undefined}
        closable={false}
        footer={
          <Button
            onClick={() => {
              stopped.current = true;
            }}
          >
            {t("bulk.stop")}
          </Button>
        }
        title={t("bulk.running", progress ?? { done: 0, total: 0 })}
      >
        <Progress percent={progress ? Math.round((100 * progress.done) / progress.total) : 0} />
      </Modal>
      <Modal
        open={outcome !== undefined}
        onCancel={() => {
          setOutcome(undefined);
          onDone();
        }}
        footer={
          <Button
            type="primary"
            onClick={() => {
              setOutcome(undefined);
              onDone();
            }}
          >
            {t("common:close")}
          </Button>
        }
        title={t("bulk.done", { count: outcome?.done ?? 0 })}
      >
        {outcome && outcome.failed.length > 0 && (
          <>
            <p>{t("bulk.failed", { count: outcome.failed.length })}</p>
            <ul>
              {outcome.failed.map(({ row, problem }) => (
                <li key={row.id}>
                  {title(row)}：{label(problem.help)}
                </li>
              ))}
            </ul>
          </>
        )}
      </Modal>
    </div>
  );
}
