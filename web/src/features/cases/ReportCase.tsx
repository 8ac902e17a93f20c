// The case as a PDF, and the proof that goes with it: `whosaw-verify report` takes both. Each taking is recorded.

import { Alert, App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import { useLanguage } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { ProblemAlert } from "@/shared/ProblemView";
import { saveFile } from "@/shared/saveFile";
import { type DialogProps, WordsField } from "./simpleDialogs";

export function ReportCase({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const language = useLanguage();
  const { message } = App.useApp();
  // The event that the PDF was given out with.
  const [event, setEvent] = useState<string>();
  const [problem, setProblem] = useState<ProblemError>();
  const submit = async ({ reason }: { reason: string }) => {
    const response = await send401(
      new Request(`/api/v1/cases/${of.id}/report`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": language },
        body: JSON.stringify({ reason: reason.trim() }),
      }),
    );
    if (!response.ok) throw await problemOf(response);
    await saveFile(response, "whosaw-case.pdf", () => {});
    setEvent(response.headers.get("x-audit-event") ?? undefined);
    void message.success(t("report.saved"));
  };
  const prove = async () => {
    setProblem(undefined);
    try {
      const response = await send401(new Request(`/api/v1/cases/${of.id}/reports/${event}`));
      if (!response.ok) throw await problemOf(response);
      await saveFile(response, "whosaw-case.pdf.evidence.json", () => {});
      void message.success(t("report.proved"));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <FormDialog<{ reason: string }>
      title={t("act.report")}
      submit={t("report.submit")}
      onSubmit={submit}
      onClose={onClose}
    >
      {problem && <ProblemAlert problem={problem} />}
      {event && (
        <Alert
          type="success"
          showIcon
          role="status"
          style={{ marginBottom: 16 }}
          title={t("report.proof")}
          action={<Button onClick={() => void prove()}>{t("report.prove")}</Button>}
        />
      )}
      <WordsField name="reason" label={t("dialog.reason")} help={t("report.help")} />
    </FormDialog>
  );
}
