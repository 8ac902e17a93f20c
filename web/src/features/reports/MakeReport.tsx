// Having a report made now: which, of which period, and how far it is.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Checkbox, DatePicker, Form, Modal, Progress } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { JobForm } from "@/api/types";
import { percentOf, useJobActs, useJobProgress } from "@/features/jobs/useJobs";
import { FormDialog } from "@/shared/FormDialog";
import { ProblemAlert } from "@/shared/ProblemView";
import { DefinitionFields, type DefinitionForm, definitionOf, FIRST } from "./DefinitionFields";

type Fields = DefinitionForm & { day: Dayjs; part?: boolean };

export function MakeReport({ from, onClose }: { from?: DefinitionForm; onClose: () => void }) {
  const { t } = useTranslation("reports");
  const [job, setJob] = useState<JobForm>();
  const submit = async (fields: Fields) => {
    const body = {
      definition: definitionOf(fields),
      unit: fields.unit,
      day: fields.day.format("YYYY-MM-DD"),
      part: fields.part ?? false,
    };
    setJob(await data(api.POST("/api/v1/reports", { body })));
  };
  if (job) return <Making job={job} onClose={onClose} />;
  return (
    <FormDialog<Fields>
      title={t("make")}
      submit={t("begin")}
      // The newest month that is over.
      initial={{ ...(from ?? FIRST), day: dayjs().subtract(1, "month"), part: false }}
      onSubmit={submit}
      onClose={onClose}
    >
      <DefinitionFields />
      <Form.Item
        name="day"
        label={t("field.day")}
        extra={t("help.day")}
        rules={[{ required: true, message: t("required") }]}
      >
        <DatePicker allowClear={false} className="report-day" />
      </Form.Item>
      <Form.Item name="part" valuePropName="checked">
        <Checkbox>{t("field.part")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

const WHYS = ["report_unsigned", "report_too_long", "forbidden", "session_ended", "account_disabled"] as const;

function Making({ job, onClose }: { job: JobForm; onClose: () => void }) {
  const { t } = useTranslation("reports");
  const queries = useQueryClient();
  const acts = useJobActs();
  const progress = useJobProgress(job.id);
  const now = progress.data ?? job;
  const over = now.state === "done";
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ["reports"] });
  }, [over, queries]);
  const why = WHYS.find((w) => w === now.why) ?? "other";
  return (
    <Modal open title={t("make")} onCancel={onClose} footer={null}>
      <div role="status">
        {progress.isError && (
          <ProblemAlert problem={asProblem(progress.error)} onRetry={() => void progress.refetch()} />
        )}
        {now.state === "running" && (
          <>
            <p>{t("making")}</p>
            <Progress percent={percentOf(now)} aria-label={t("making")} />
            <Button onClick={() => void acts.cancel(job.id)}>{t("cancel")}</Button>
          </>
        )}
        {over && (
          <Alert
            type="success"
            showIcon
            title={t("madeNow")}
            action={
              <Link to="/reports/$id" params={{ id: now.act ?? "" }} onClick={onClose}>
                {t("open")}
              </Link>
            }
          />
        )}
        {(now.state === "failed" || now.state === "cancelled") && (
          <Alert type="warning" showIcon title={t("failed", { why: t(`why.${why}`) })} />
        )}
      </div>
    </Modal>
  );
}
