// The signed list as a file; then the proof of that file.

import { Alert, App, Button, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import { useLanguage } from "@/i18n";
import { DownloadIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { saveFile } from "@/shared/saveFile";
import { FORMATS } from "./reviews";

export function Files({ id, sha256 }: { id: string; sha256: string }) {
  const { t } = useTranslation("reviews");
  const language = useLanguage();
  const { message } = App.useApp();
  const [busy, setBusy] = useState<string>();
  const [event, setEvent] = useState<string>();
  const [problem, setProblem] = useState<ProblemError>();
  const fetched = async (path: string, name: string, said: string, format: string) => {
    setProblem(undefined);
    setBusy(format);
    try {
      const response = await send401(
        new Request(`/api/v1/reviews/${id}/${path}`, { headers: { "Accept-Language": language } }),
      );
      if (!response.ok) throw await problemOf(response);
      await saveFile(response, name, () => {});
      void message.success(said);
      return response;
    } catch (error) {
      setProblem(asProblem(error));
      return undefined;
    } finally {
      setBusy(undefined);
    }
  };
  const take = async (format: string) => {
    const taken = await fetched(`file?format=${format}`, `whosaw-access-review.${format}`, t("file.taken"), format);
    if (taken) setEvent(taken.headers.get("x-audit-event") ?? undefined);
  };
  return (
    <section className="panel review-files" aria-labelledby="review-files">
      <h2 id="review-files">{t("file.title")}</h2>
      <p className="muted">{t("file.text")}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      <Space wrap>
        {FORMATS.map((format, n) => (
          <Button
            key={format}
            type={n === 0 ? "primary" : "default"}
            icon={<DownloadIcon />}
            loading={busy === format}
            aria-label={t("file.take", { format: format.toUpperCase() })}
            onClick={() => void take(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </Space>
      {event && (
        <Alert
          type="success"
          showIcon
          role="status"
          style={{ marginTop: 12 }}
          title={t("file.proof")}
          action={
            <Button
              onClick={() => void fetched(`proofs/${event}`, "whosaw-review.evidence.json", t("file.proved"), "proof")}
            >
              {t("file.prove")}
            </Button>
          }
        />
      )}
      <p className="muted mono review-digest">SHA-256 {sha256}</p>
    </section>
  );
}
