// The signed list as a file; then the proof of that file.

import { Alert, Button, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DownloadIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { useTaking } from "@/shared/useTaking";
import { FORMATS } from "./reviews";

export function Files({ id, sha256 }: { id: string; sha256: string }) {
  const { t } = useTranslation("reviews");
  const { busy, problem, take: fetched } = useTaking();
  const [event, setEvent] = useState<string>();
  const below = `/reviews/${id}`;
  const take = async (format: string) => {
    const path = `${below}/file?format=${format}`;
    const taken = await fetched({ path, name: `whosaw-access-review.${format}`, said: t("file.taken"), key: format });
    if (taken) setEvent(taken);
  };
  const proof = {
    path: `${below}/proofs/${event}`,
    name: "whosaw-review.evidence.json",
    said: t("file.proved"),
    key: "proof",
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
          action={<Button onClick={() => void fetched(proof)}>{t("file.prove")}</Button>}
        />
      )}
      <p className="muted mono review-digest">SHA-256 {sha256}</p>
    </section>
  );
}
