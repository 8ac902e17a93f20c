// The files of a case: added by who handles it, taken by who reads it, and there as long as the case.

import { App, Button, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import { formatTime } from "@/shared/format";
import { DownloadIcon, FileIcon, UploadIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { saveFile } from "@/shared/saveFile";
import { sizeOf } from "../attachments/check";
import { sendFile } from "../attachments/send";
import { type CaseDetail, type CaseFileItem, useRefresh } from "./cases";

export function CaseFiles({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  const { message } = App.useApp();
  const refresh = useRefresh();
  const [busy, setBusy] = useState<string>();
  const [percent, setPercent] = useState(0);
  const [problem, setProblem] = useState<ProblemError>();
  const files = of.timeline.flatMap((entry) => (entry.file ? [{ file: entry.file, entry }] : []));
  const adds = of.handles && of.state !== "closed" && !of.waits_for_consent;

  const act = async (what: string, run: () => Promise<void>) => {
    setBusy(what);
    setProblem(undefined);
    try {
      await run();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(undefined);
      setPercent(0);
    }
  };
  const add = (file: File) =>
    act("add", async () => {
      // To the case as it is seen here: whoever changed it meanwhile is not overlooked.
      await sendFile(`/api/v1/cases/${of.id}/files`, file, setPercent, { "If-Match": `"${of.version}"` }).done;
      void message.success(t("files.added"));
      await refresh();
    });
  const take = (file: CaseFileItem) =>
    act(file.id, async () => {
      const response = await send401(new Request(`/api/v1/cases/${of.id}/files/${file.id}`));
      if (!response.ok) throw await problemOf(response);
      await saveFile(response, "file", () => {}, file.name);
    });

  return (
    <section className="panel case-section" aria-labelledby="files">
      <h2 id="files">{t("section.files")}</h2>
      {problem && <ProblemAlert problem={problem} />}
      {files.length === 0 && <p className="muted">{t("files.none")}</p>}
      <ul className="case-files">
        {files.map(({ file, entry }) => (
          <li key={file.id}>
            <FileIcon />
            <div>
              <div className="case-file-name">{file.name}</div>
              <div className="muted">
                {sizeOf(file.bytes)} · {entry.by.name} · {formatTime(entry.at)}
              </div>
              <div className="muted mono case-file-digest" title={file.sha256}>
                SHA-256 {file.sha256}
              </div>
            </div>
            <Button
              size="small"
              className="no-print"
              icon={<DownloadIcon />}
              aria-label={`${t("files.take")} ${file.name}`}
              loading={busy === file.id}
              disabled={busy !== undefined}
              onClick={() => void take(file)}
            />
          </li>
        ))}
      </ul>
      {adds && (
        <Upload
          showUploadList={false}
          beforeUpload={(file) => {
            void add(file);
            return false;
          }}
        >
          <Button
            size="small"
            className="no-print"
            icon={<UploadIcon />}
            loading={busy === "add"}
            disabled={busy !== undefined}
          >
            {busy === "add" ? t("files.adding", { percent }) : t("files.add")}
          </Button>
        </Upload>
      )}
      {adds && <p className="muted">{t("files.help")}</p>}
    </section>
  );
}
