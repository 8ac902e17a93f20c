// A course of the company's own: a ZIP that is sent as it is; what is wrong with it is told by file and line.

import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLabel } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import { type CourseCard, sendCourse, TRAINING } from "./training";

export function UploadDialog({ course, onClose }: { course: CourseCard | undefined; onClose: () => void }) {
  const { t } = useTranslation("training");
  const label = useLabel();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!file) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const put = await sendCourse(course?.id, file);
      void message.success(t(put.known ? "courses.known" : "courses.kept", { version: put.version }));
      await queries.invalidateQueries({ queryKey: TRAINING });
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={course ? t("courses.againOf", { title: label(course.title) }) : t("courses.add")}
      okText={t("courses.send")}
      okButtonProps={{ disabled: !file }}
      confirmLoading={busy}
      onOk={() => void send().catch(() => undefined)}
      onCancel={onClose}
    >
      <p className="muted">{t(course ? "courses.againText" : "courses.addText")}</p>
      <Form layout="vertical">
        <Form.Item label={t("courses.file")} htmlFor="course-file" extra={t("courses.fileHelp")}>
          <input
            id="course-file"
            type="file"
            accept=".zip,application/zip"
            className="training-file"
            disabled={busy}
            onChange={({ target }) => {
              setFile(target.files?.[0]);
              setProblem(undefined);
            }}
          />
        </Form.Item>
      </Form>
      {problem && <ProblemAlert problem={problem} />}
    </Modal>
  );
}
