// Files that are being sent, and those that could not be.

import { Alert, Button, Progress, Space } from "antd";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "@/shared/ProblemView";
import { sizeOf, type Wrong } from "./check";
import type { Upload } from "./useUploads";

type Props = { uploads: Upload[]; onCancel: (key: number) => void; onRetry: (key: number) => void };

export function UploadList({ uploads, onCancel, onRetry }: Props) {
  const { t } = useTranslation("attachments");
  const told = (wrong: Wrong) => {
    switch (wrong.why) {
      case "tooLarge":
        return t("tooLarge", wrong);
      case "refused":
        return t("refused", wrong);
      case "tooMany":
        return t("tooMany", wrong);
      case "notTaken":
        return t("field.notTaken", wrong);
      case "fieldFull":
        return t("field.most", wrong);
      default:
        return t("empty");
    }
  };
  if (uploads.length === 0) return null;
  return (
    <ul className="file-uploads" aria-label={t("uploading")}>
      {uploads.map((upload) => (
        <li key={upload.key} className="panel">
          <div className="file-name">
            {upload.file.name} <span className="muted">{sizeOf(upload.file.size)}</span>
          </div>
          {upload.wrong && (
            <Alert
              type="warning"
              showIcon
              role="alert"
              title={told(upload.wrong)}
              action={
                <Button size="small" onClick={() => onCancel(upload.key)}>
                  {t("dismiss")}
                </Button>
              }
            />
          )}
          {upload.state === "failed" && upload.problem && (
            <ProblemAlert problem={upload.problem}>
              {upload.problem.detail && upload.problem.status !== 409 && <div>{upload.problem.detail}</div>}
              <Space>
                {upload.problem.retryable && (
                  <Button size="small" onClick={() => onRetry(upload.key)}>
                    {t("retry")}
                  </Button>
                )}
                <Button size="small" onClick={() => onCancel(upload.key)}>
                  {t("dismiss")}
                </Button>
              </Space>
            </ProblemAlert>
          )}
          {(upload.state === "sending" || upload.state === "waiting") && (
            <div className="file-progress">
              <Progress percent={upload.percent} showInfo={false} aria-label={upload.file.name} />
              <span className="muted" role="status">
                {upload.state === "waiting"
                  ? t("waiting")
                  : upload.percent >= 100
                    ? t("storing")
                    : t("sent", { percent: upload.percent })}
              </span>
              <Button size="small" onClick={() => onCancel(upload.key)}>
                {t("cancel")}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
