// The files of a record: what there is, adding, taking, taking away.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Skeleton, Space, Tooltip, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data, send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import type { Attachment, AttachmentList } from "@/api/types";
import { Person } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { DeleteIcon, DownloadIcon, EyeIcon, FileIcon, UploadIcon } from "@/shared/icons";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { saveFile } from "@/shared/saveFile";
import { sizeOf } from "./check";
import { PreviewDialog } from "./PreviewDialog";
import { UploadList } from "./UploadList";
import { useUploads } from "./useUploads";
import "./attachments.css";

const KINDS = ["png", "jpeg", "pdf", "other"] as const;

export function AttachmentsTab({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation("attachments");
  const path = `/api/v1/records/${object}/${id}/attachments`;
  const queryKey = ["attachments", object, id];
  const query = useQuery({
    queryKey,
    queryFn: () => data(api.GET("/api/v1/records/{object}/{id}/attachments", { params: { path: { object, id } } })),
  });
  const { uploads, add, cancel, retry } = useUploads(path, queryKey, query.data);
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const list = query.data;
  return (
    <div className="files">
      <p className="muted">{t("note")}</p>
      {list.may_add && (
        <div className="no-print">
          <Upload.Dragger
            multiple
            showUploadList={false}
            beforeUpload={(file, all) => {
              // Called once for each of those dropped together: all are taken with the first.
              if (file === all[0]) add(all);
              return false;
            }}
          >
            <p>
              <UploadIcon /> {t("drop")}
            </p>
            <p className="muted">{t("limits", { size: sizeOf(list.most_bytes), count: list.most_files })}</p>
          </Upload.Dragger>
        </div>
      )}
      <UploadList uploads={uploads} onCancel={cancel} onRetry={retry} />
      <Files list={list} path={path} object={object} record={id} queryKey={queryKey} />
    </div>
  );
}

type FilesProps = { list: AttachmentList; path: string; object: string; record: string; queryKey: string[] };

function Files({ list, path, object, record, queryKey }: FilesProps) {
  const { t } = useTranslation("attachments");
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

  if (list.items.length === 0) {
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={
          list.may_add ? (
            <>
              {t("none")}
              <br />
              {t("noneHelp")}
            </>
          ) : (
            t("noneReadOnly")
          )
        }
      />
    );
  }
  return (
    <>
      {problem && <ProblemAlert problem={problem} />}
      <ul className="file-list" aria-label={t("tab")}>
        {list.items.map((file) => {
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
                {file.sha256 && (
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
