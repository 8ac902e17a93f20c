// Files as a list: what each is, taking, looking at, taking away.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Space, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import type { Attachment } from "@/api/types";
import { useObjectWords } from "@/shared/directory";
import { Person } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { DeleteIcon, DownloadIcon, EyeIcon, FileIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { saveFile } from "@/shared/saveFile";
import { sizeOf } from "./check";
import { PreviewDialog } from "./PreviewDialog";

const KINDS = ["png", "jpeg", "pdf", "other"] as const;

type Props = {
  items: Attachment[];
  path: string;
  object: string;
  record: string;
  queryKey: string[];
  /** Under the field that the files are of: their digests and its name stand elsewhere. */
  compact?: boolean;
};

export function Files({ items, path, object, record, queryKey, compact = false }: Props) {
  const { t } = useTranslation("attachments");
  const words = useObjectWords();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const [received, setReceived] = useState(0);
  const [problem, setProblem] = useState<ProblemError>();
  const [previewed, setPreviewed] = useState<Attachment>();

  const act = async (file: Attachment, what: () => Promise<void>) => {
    setBusy(file.id);
    setProblem(undefined);
    try {
      await what();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(undefined);
      setReceived(0);
    }
  };
  const take = (file: Attachment) =>
    act(file, async () => {
      const response = await send401(new Request(`${path}/${file.id}`));
      if (!response.ok) throw await problemOf(response);
      await saveFile(response, "file", setReceived, file.name ?? undefined);
      void message.success(t("saved"));
    });
  const remove = (file: Attachment) =>
    modal.confirm({
      title: file.name ? t("removeAsk", { name: file.name }) : t("removeAskHidden"),
      content: t("removeText"),
      okText: t("remove"),
      okButtonProps: { danger: true },
      onOk: () =>
        act(file, async () => {
          await api.DELETE("/api/v1/records/{object}/{id}/attachments/{file}", {
            params: { path: { object, id: record, file: file.id } },
          });
          void message.success(t("removed"));
          await queries.invalidateQueries({ queryKey });
        }),
    });

  return (
    <>
      {problem && <ProblemAlert problem={problem} />}
      <ul className={compact ? "file-list file-compact" : "file-list"} aria-label={t("tab")}>
        {items.map((file) => {
          const kind = KINDS.find((k) => k === file.kind);
          const name = file.name ?? t("hiddenName");
          return (
            <li key={file.id} className="panel">
              <FileIcon />
              <div className="file-about">
                <div className="file-name">
                  {file.name ?? (
                    <Tooltip title={t("hiddenHelp")}>
                      <span className="muted">{t("hiddenName")}</span>
                    </Tooltip>
                  )}
                </div>
                <div className="muted">
                  {[kind && t(`kind.${kind}`), sizeOf(file.bytes)].filter(Boolean).join(" · ")} ·{" "}
                  <Person id={file.added_by} /> · {formatTime(file.added_at)}
                </div>
                {file.field && !compact && (
                  <div>
                    <Tag>{words.field(object, file.field)}</Tag>
                  </div>
                )}
                {file.sha256 && !compact && (
                  <div className="muted mono file-digest" title={file.sha256}>
                    {t("digest")} {file.sha256}
                  </div>
                )}
                {busy === file.id && received > 0 && (
                  <div role="status">{t("downloading", { size: sizeOf(received) })}</div>
                )}
              </div>
              <Space className="no-print" wrap>
                {file.takeable && (file.kind === "png" || file.kind === "jpeg") && (
                  <Button
                    icon={<EyeIcon />}
                    aria-label={`${t("preview")} ${name}`}
                    disabled={busy !== undefined}
                    onClick={() => setPreviewed(file)}
                  >
                    {t("preview")}
                  </Button>
                )}
                {file.takeable && (
                  <Button
                    icon={<DownloadIcon />}
                    aria-label={`${t("download")} ${name}`}
                    loading={busy === file.id}
                    disabled={busy !== undefined}
                    onClick={() => void take(file)}
                  >
                    {t("download")}
                  </Button>
                )}
                {file.removable && (
                  <Button
                    danger
                    icon={<DeleteIcon />}
                    aria-label={`${t("remove")} ${name}`}
                    disabled={busy !== undefined}
                    onClick={() => remove(file)}
                  />
                )}
              </Space>
            </li>
          );
        })}
      </ul>
      {previewed && (
        <PreviewDialog
          path={`${path}/${previewed.id}`}
          name={previewed.name ?? t("hiddenName")}
          onClose={() => setPreviewed(undefined)}
        />
      )}
    </>
  );
}
