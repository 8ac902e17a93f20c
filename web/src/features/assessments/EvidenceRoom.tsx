// The room: what was chosen and what answers link to; each look is asked for, and recorded, when it is opened.

import { useQuery } from "@tanstack/react-query";
import { App, Button, Empty, Modal, Skeleton, Space, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLabel } from "@/i18n";
import { DownloadIcon, EyeIcon, UploadIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { useTaking } from "@/shared/useTaking";
import { sendFile } from "../attachments/send";
import { ASSESSMENTS, asOf, type Detail, type Evidence, useDone } from "./assessments";

export function Room({ of }: { of: Detail }) {
  const { t } = useTranslation("assessments");
  const label = useLabel();
  const { busy, problem, take } = useTaking();
  const [looking, setLooking] = useState<Evidence>();
  const id = of.card.id;
  return (
    <section aria-labelledby="assess-evidence">
      <div className="assess-bar">
        <h2 id="assess-evidence">{t("evidence")}</h2>
        {of.manages && of.card.state !== "closed" && <AddFile of={of} />}
      </div>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      {of.evidence.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noEvidence")} />
      ) : (
        <ul className="panel assess-evidence">
          {of.evidence.map((e) => (
            <li key={e.item} aria-label={label(e.title)}>
              <div className="grow">
                <strong>{label(e.title)}</strong>
                <p className="muted">{label(e.note)}</p>
              </div>
              <Space wrap>
                {e.there && (
                  <Button icon={<EyeIcon />} onClick={() => setLooking(e)}>
                    {t("look")}
                  </Button>
                )}
                {e.file && (
                  <Button
                    icon={<DownloadIcon />}
                    loading={busy === e.item}
                    aria-label={`${isFile(e) ? t("takeFile") : t("take", { format: "PDF" })} ${label(e.title)}`}
                    onClick={() =>
                      void take({
                        path: `/assessments/${id}/evidence/${encodeURIComponent(e.item)}/file`,
                        name: "whosaw-evidence.pdf",
                        ...(isFile(e) ? { known: label(e.title) } : {}),
                        said: t("taken"),
                        key: e.item,
                      })
                    }
                  >
                    {isFile(e) ? t("takeFile") : "PDF"}
                  </Button>
                )}
              </Space>
            </li>
          ))}
        </ul>
      )}
      {looking && <Look id={id} evidence={looking} onClose={() => setLooking(undefined)} />}
    </section>
  );
}

/** Whether somebody put it there, as it is. */
const isFile = (e: Evidence) => e.item.startsWith("file:");

/** A file that is kept elsewhere is put into the room. */
function AddFile({ of }: { of: Detail }) {
  const { t } = useTranslation("assessments");
  const { message } = App.useApp();
  const done = useDone(() => undefined);
  const [percent, setPercent] = useState<number>();
  const [problem, setProblem] = useState<ProblemError>();
  const add = async (file: File) => {
    setProblem(undefined);
    setPercent(0);
    try {
      await done(sendFile(`/api/v1/assessments/${of.card.id}/files`, file, setPercent, asOf(of.version)).done);
      void message.success(t("fileAdded"));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setPercent(undefined);
    }
  };
  return (
    <>
      <Upload
        showUploadList={false}
        beforeUpload={(file) => {
          void add(file);
          return false;
        }}
      >
        <Button icon={<UploadIcon />} loading={percent !== undefined} title={t("addFileHelp")}>
          {percent === undefined ? t("addFile") : t("adding", { percent })}
        </Button>
      </Upload>
      {problem && <ProblemAlert problem={problem} style={{ width: "100%" }} />}
    </>
  );
}

function Look({ id, evidence, onClose }: { id: string; evidence: Evidence; onClose: () => void }) {
  const label = useLabel();
  const query = useQuery({
    queryKey: [...ASSESSMENTS, "look", id, evidence.item],
    staleTime: 0,
    queryFn: () =>
      data(api.GET("/api/v1/assessments/{id}/evidence/{item}", { params: { path: { id, item: evidence.item } } })),
  });
  return (
    <Modal open title={label(evidence.title)} footer={null} onCancel={onClose}>
      {query.isPending ? (
        <Skeleton active />
      ) : query.isError ? (
        <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <dl className="assess-facts">
          {query.data.facts.map((f) => (
            <div key={label(f.label)}>
              <dt>{label(f.label)}</dt>
              <dd>{label(f.value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Modal>
  );
}
