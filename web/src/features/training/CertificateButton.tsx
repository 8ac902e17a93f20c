// The certificate of a course that was passed, and its proof.

import { Button, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/i18n";
import { DownloadIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { useTaking } from "@/shared/useTaking";
import type { CourseItem } from "./training";

export function CertificateButton({ course }: { course: CourseItem }) {
  const { t } = useTranslation("training");
  const label = useLabel();
  const { busy, problem, take } = useTaking();
  const [event, setEvent] = useState<string>();
  const of = <span className="visually-hidden"> {label(course.title)}</span>;
  const path = `/me/training/${course.id}`;
  const certificate = { path: `${path}/certificate`, name: "whosaw-certificate.pdf", said: t("certified"), key: "pdf" };
  const proof = {
    path: `${path}/certificates/${event}`,
    name: "whosaw-certificate.evidence.json",
    said: t("proved"),
    key: "proof",
  };
  return (
    <>
      <Space wrap>
        <Button
          icon={<DownloadIcon />}
          loading={busy === "pdf"}
          onClick={() => void take(certificate).then((taken) => setEvent((before) => taken ?? before))}
        >
          {t("certificate")}
          {of}
        </Button>
        {event && (
          <Button loading={busy === "proof"} onClick={() => void take(proof)}>
            {t("prove")}
            {of}
          </Button>
        )}
      </Space>
      {problem && <ProblemAlert problem={problem} style={{ marginTop: 12 }} />}
    </>
  );
}
