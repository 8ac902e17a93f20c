// The answered questionnaire as a file.

import { Button, Space } from "antd";
import { useTranslation } from "react-i18next";
import { DownloadIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { useTaking } from "@/shared/useTaking";
import { type Detail, FORMATS } from "./assessments";

export function Files({ of }: { of: Detail }) {
  const { t } = useTranslation("assessments");
  const { busy, problem, take } = useTaking();
  return (
    <section className="panel assess-card" aria-labelledby="assess-files">
      <h2 id="assess-files">{t("file.title")}</h2>
      <p className="muted">{t("file.text")}</p>
      {problem && <ProblemAlert problem={problem} />}
      <Space wrap>
        {FORMATS.map((format) => (
          <Button
            key={format}
            icon={<DownloadIcon />}
            loading={busy === format}
            aria-label={t("take", { format: format.toUpperCase() })}
            onClick={() =>
              void take({
                path: `/assessments/${of.card.id}/file?format=${format}`,
                name: `whosaw-assessment.${format}`,
                said: t("taken"),
                key: format,
              })
            }
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </Space>
      {of.sha256 !== null && (
        <p className="muted mono assess-digest">
          {t("file.digest")} {of.sha256}
        </p>
      )}
    </section>
  );
}
