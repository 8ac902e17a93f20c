// Questions into a draft: a file, whole or with what is wrong by line; or one by hand.

import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { FormDialog } from "@/shared/FormDialog";
import { ProblemAlert } from "@/shared/ProblemView";
import { ASSESSMENTS, useDone } from "./assessments";

type Props = { id: string; onClose: () => void };

export function ImportQuestions({ id, onClose }: Props) {
  const { t } = useTranslation("assessments");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const field = useId();
  const [file, setFile] = useState<File>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const send = async () => {
    if (!file) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const form = file.name.toLowerCase().endsWith(".json") ? ("json" as const) : ("csv" as const);
      const body = { form, text: await file.text() };
      const { added } = await data(api.POST("/api/v1/assessments/{id}/questions", { params: { path: { id } }, body }));
      await queries.invalidateQueries({ queryKey: ASSESSMENTS });
      void message.success(t("importDone", { count: added }));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const lines = (problem?.errors ?? []).flatMap((e) => {
    const [, at, line, column] = e.pointer.split("/");
    return at === "lines" ? [{ line, column: column ?? "", reason: e.reason }] : [];
  });
  return (
    <Modal
      open
      title={t("importFile")}
      okText={t("importFile")}
      okButtonProps={{ disabled: !file }}
      confirmLoading={busy}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <p className="muted">{t("help.file")}</p>
      <label htmlFor={field} className="assess-file">
        {t("field.file")}
      </label>
      <input id={field} type="file" accept=".csv,.json,.txt" onChange={(e) => setFile(e.target.files?.[0])} />
      {problem && lines.length === 0 && <ProblemAlert problem={problem} style={{ marginTop: 12 }} />}
      {lines.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          style={{ marginTop: 12 }}
          title={t("wrong")}
          description={
            <ul className="assess-wrong">
              {lines.map((l) => (
                <li key={`${l.line}-${l.column}`}>{t("wrongLine", l)}</li>
              ))}
            </ul>
          }
        />
      )}
    </Modal>
  );
}

export function AddQuestion({ id, onClose }: Props) {
  const { t } = useTranslation("assessments");
  const done = useDone(onClose);
  const need = [{ required: true, whitespace: true, message: t("need") }];
  return (
    <FormDialog<{ code: string; section?: string; question: string }>
      title={t("addOne")}
      submit={t("save")}
      onSubmit={({ code, section, question }) => {
        const text = JSON.stringify([{ id: code, section: section ?? "", question }]);
        const body = { form: "json" as const, text };
        return done(data(api.POST("/api/v1/assessments/{id}/questions", { params: { path: { id } }, body })));
      }}
      onClose={onClose}
    >
      <Form.Item name="code" label={t("field.code")} rules={need}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="section" label={t("field.section")}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="question" label={t("field.question")} rules={need}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
