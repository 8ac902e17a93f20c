// The case file, to be checked without this server. Taking it is recorded, with its reason.

import { Alert, App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { send401 } from "@/api/client";
import { problemOf } from "@/api/problem";
import { useLanguage } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { saveFile } from "@/shared/saveFile";
import { type DialogProps, WordsField } from "./simpleDialogs";

export function ExportCase({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const language = useLanguage();
  const { message } = App.useApp();
  const [altered, setAltered] = useState(0);
  const submit = async ({ reason }: { reason: string }) => {
    const response = await send401(
      new Request(`/api/v1/cases/${of.id}/export`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": language },
        body: JSON.stringify({ reason: reason.trim() }),
      }),
    );
    if (!response.ok) throw await problemOf(response);
    await saveFile(response, "whosaw-case.zip", () => {});
    void message.success(t("dialog.exported"));
    const count = Number(response.headers.get("x-evidence-altered") ?? 0);
    if (count > 0) setAltered(count);
    else onClose();
  };
  return (
    <FormDialog<{ reason: string }>
      title={t("act.export")}
      submit={t("act.export")}
      onSubmit={submit}
      onClose={onClose}
    >
      {altered > 0 && <Alert type="error" showIcon role="alert" title={t("dialog.altered", { count: altered })} />}
      <WordsField name="reason" label={t("dialog.reason")} help={t("dialog.exportHelp")} />
    </FormDialog>
  );
}
