// What can be done to the selected rows, one by one in this tab, or to all that the list's question finds, as a job of the server's
// that goes on when the tab is closed. Either way each record is decided by itself.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Modal, Progress } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { BulkRequest, FieldValue, ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { MOST_MERGED } from "@/features/duplicates/merge";
import { useJobActs } from "@/features/jobs/useJobs";
import { useLabel } from "@/i18n";
import { ShareDialog, type ShareFields, shareBody } from "../record/ShareDialog";
import { TransferDialog, type TransferTo } from "../TransferDialog";
import { BulkEdit, sharedFields } from "./BulkEdit";
import { BulkReport } from "./BulkReport";
import { again, type Report, runBulk, type Target, targetOf, these } from "./bulk";
import { conditionOf, type ListSearch } from "./search";

type Act = (target: Target) => Promise<unknown>;
type Props = {
  object: ObjectForm;
  search: ListSearch;
  /** The selected ones, of those that are loaded. */
  rows: RecordView[];
  /** All loaded rows are selected, and there are more. */
  whole: boolean;
  onExport: () => void;
  onDone: () => void;
};

export function BulkBar({ object, search, rows, whole, onExport, onDone }: Props) {
  const { t } = useTranslation(["records", "common", "duplicates"]);
  const label = useLabel();
  const { me } = useMe();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"transfer" | "share" | "edit">();
  // How many the question finds, once all of them are selected.
  const [all, setAll] = useState<number>();
  const [counting, setCounting] = useState(false);
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [outcome, setOutcome] = useState<{ report: Report; act: Act }>();
  const stopped = useRef(false);
  const jobs = useJobActs();
  const count = all ?? rows.length;
  const running = progress !== undefined;
  useEffect(() => {
    if (!running) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [running]);

  const selectAll = async () => {
    setCounting(true);
    try {
      const condition = conditionOf(search, me.user);
      const answer = await data(
        api.GET("/api/v1/records/{object}/count", {
          params: {
            path: { object: object.name },
            query: condition ? { filter: JSON.stringify(condition) } : {},
          },
        }),
      );
      setAll(answer.count);
    } catch (error) {
      void message.error(label(asProblem(error).help));
    } finally {
      setCounting(false);
    }
  };
  const run = async (chunks: AsyncIterable<Target[]>, total: number, act: Act) => {
    stopped.current = false;
    setDialog(undefined);
    setOutcome(undefined);
    setProgress({ done: 0, total });
    const report = await runBulk(
      chunks,
      act,
      () => stopped.current,
      (done) => setProgress({ done, total: Math.max(total, done) }),
    );
    setProgress(undefined);
    setOutcome({ report, act });
    await queries.invalidateQueries({ queryKey: ["list", object.name] });
  };
  const close = () => {
    setDialog(undefined);
    setOutcome(undefined);
    setAll(undefined);
    onDone();
  };
  const inBackground = async (body: BulkRequest) => {
    const condition = conditionOf(search, me.user);
    const job = await data(
      api.POST("/api/v1/records/{object}/bulk", {
        params: { path: { object: object.name } },
        body: { ...(condition ? { filter: condition as never } : {}), ...body },
      }),
    );
    close();
    await jobs.begun(job, t("bulk.begun", { count: all ?? 0 }));
  };
  const begin = (act: Act, body: BulkRequest) =>
    all === undefined ? run(these(rows.map((row) => targetOf(object, row))), count, act) : inBackground(body);
  const params = ({ id, version }: Target) => ({
    path: { object: object.name, id },
    header: { "If-Match": `"${version}"` },
  });
  const transfer = (to: TransferTo) =>
    begin((target) => api.POST("/api/v1/records/{object}/{id}/transfer", { params: params(target), body: to }), {
      transfer: to,
    });
  const edit = (fields: Record<string, FieldValue>) =>
    begin((target) => api.PATCH("/api/v1/records/{object}/{id}", { params: params(target), body: { fields } }), {
      fields,
    });
  const share = (fields: ShareFields) =>
    begin(
      ({ id }) =>
        api.POST("/api/v1/records/{object}/{id}/shares", {
          params: { path: { object: object.name, id } },
          body: shareBody(fields),
        }),
      { share: shareBody(fields) },
    );
  const remove = async () => {
    try {
      await begin((target) => api.DELETE("/api/v1/records/{object}/{id}", { params: params(target) }), {
        delete: true,
      });
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  const may = (action: string) => object.actions.includes(action);
  const selected = all === undefined ? t("list.selected", { count }) : t("bulk.allSelected", { count });

  return (
    <div className="panel bulk" role="toolbar" aria-label={selected}>
      <span>{selected}</span>
      {whole && all === undefined && (
        <Button size="small" type="link" loading={counting} onClick={() => void selectAll()}>
          {t("bulk.selectAll")}
        </Button>
      )}
      {may("transfer") && (
        <Button size="small" onClick={() => setDialog("transfer")}>
          {t("bulk.transfer")}
        </Button>
      )}
      {may("share") && (
        <Button size="small" onClick={() => setDialog("share")}>
          {t("bulk.share")}
        </Button>
      )}
      {may("edit") && sharedFields(object).length > 0 && (
        <Button size="small" onClick={() => setDialog("edit")}>
          {t("bulk.edit")}
        </Button>
      )}
      {may("merge") && all === undefined && rows.length >= 2 && rows.length <= MOST_MERGED && (
        <Button
          size="small"
          onClick={() => void navigate({ to: "/merge", search: { object: object.name, ids: rows.map((r) => r.id) } })}
        >
          {t("duplicates:toMerge")}
        </Button>
      )}
      {may("export") && all !== undefined && (
        <Button size="small" onClick={onExport}>
          {t("list.export")}
        </Button>
      )}
      {may("delete") && (
        <Button
          size="small"
          danger
          onClick={() =>
            modal.confirm({
              title: t("bulk.confirmDelete", { count }),
              content: all === undefined ? t("record.confirmDeleteText") : t("bulk.deleteInBackground"),
              okText: t("bulk.delete"),
              okButtonProps: { danger: true },
              onOk: () => void remove(),
            })
          }
        >
          {t("bulk.delete")}
        </Button>
      )}
      <Button size="small" type="text" onClick={close}>
        {t("list.clearSelection")}
      </Button>
      {dialog === "transfer" && (
        <TransferDialog
          object={object.name}
          pool={object.has_pool}
          onClose={() => setDialog(undefined)}
          onSubmit={transfer}
        />
      )}
      {dialog === "share" && <ShareDialog onClose={() => setDialog(undefined)} onSubmit={share} />}
      {dialog === "edit" && (
        <BulkEdit object={object} count={count} onClose={() => setDialog(undefined)} onSubmit={edit} />
      )}
      <Modal
        open={running}
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
        <Progress percent={progress ? Math.round((100 * progress.done) / Math.max(1, progress.total)) : 0} />
        <p className="muted">{t("bulk.each")}</p>
      </Modal>
      {outcome && (
        <BulkReport
          object={object}
          report={outcome.report}
          onClose={close}
          onRetry={() => {
            const failed = outcome.report.failed.map((f) => f.target);
            void run(again(object, failed), failed.length, outcome.act);
          }}
        />
      )}
    </div>
  );
}
