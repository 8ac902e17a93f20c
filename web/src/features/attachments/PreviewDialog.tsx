// A picture, as the server gave it for saving. The bytes live as long as this dialog.

import { Alert, Modal, Spin } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import { ProblemAlert } from "@/shared/ProblemView";
import { Watermark } from "@/shared/Watermark";

export function PreviewDialog({ path, name, onClose }: { path: string; name: string; onClose: () => void }) {
  const { t } = useTranslation("attachments");
  const [shown, setShown] = useState<{ url: string; event: string }>();
  const [problem, setProblem] = useState<ProblemError>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    let url: string | undefined;
    const take = async () => {
      const response = await send401(new Request(path, { signal: gone.signal }));
      if (!response.ok) throw await problemOf(response);
      const content = await response.blob();
      if (gone.signal.aborted) return;
      url = URL.createObjectURL(content);
      setShown({ url, event: response.headers.get("x-audit-event") ?? "" });
    };
    take().catch((error: unknown) => {
      if (!gone.signal.aborted) setProblem(asProblem(error));
    });
    return () => {
      gone.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [path]);
  return (
    <Modal open title={name} onCancel={onClose} footer={null} width={900}>
      <Watermark>
        {problem && <ProblemAlert problem={problem} />}
        {!shown && !problem && (
          <div className="file-preview" role="status" aria-label={t("preview")}>
            <Spin />
          </div>
        )}
        {shown && (
          <>
            {failed ? (
              <Alert type="warning" showIcon title={t("previewFailed")} />
            ) : (
              <div className="file-preview">
                <img src={shown.url} alt={name} onError={() => setFailed(true)} />
              </div>
            )}
            <p className="muted file-preview-note">{t("previewNote", { event: shown.event })}</p>
          </>
        )}
      </Watermark>
    </Modal>
  );
}
