// A file of what the list asks for, with a purpose. The file comes through the recorded path, chunk by chunk.

import { App, Form, Input, Modal, Radio, Typography } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { send401 } from "@/api/client";
import { asProblem, type ProblemError, problemOf } from "@/api/problem";
import type { ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel, useLanguage } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
import { saveFile } from "@/shared/saveFile";
import { conditionOf, type ListSearch } from "./list/search";
import { wantedFields } from "./list/useList";

type Fields = { format: "xlsx" | "csv"; columns: "shown" | "all"; purpose: string };

export function ExportDialog({
  object,
  search,
  columns,
  onClose,
}: {
  object: ObjectForm;
  search: ListSearch;
  columns: string[];
  onClose: () => void;
}) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const language = useLanguage();
  const { me } = useMe();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<ProblemError>();
  const [received, setReceived] = useState<number>();
  const stop = useRef<AbortController>(undefined);

  const submit = async ({ format, columns: which, purpose }: Fields) => {
    const control = new AbortController();
    stop.current = control;
    setProblem(undefined);
    setReceived(0);
    try {
      const condition = conditionOf(search, me.user);
      const question = {
        ...(condition ? { filter: condition } : {}),
        ...(search.q ? { search: search.q } : { sort: search.sort ?? "-updated_at" }),
        ...(which === "shown" ? { fields: wantedFields(object, columns) } : {}),
      };
      const response = await send401(
        new Request(`/api/v1/records/${object.name}/export`, {
          method: "POST",
          headers: { "Content-Type": "application/json", "Accept-Language": language },
          body: JSON.stringify({ format, question, purpose }),
          signal: control.signal,
        }),
      );
      if (!response.ok) throw await problemOf(response);
      await saveFile(response, `${object.name}.${format}`, (bytes) => setReceived(Math.round(bytes / 1000)));
      void message.success(t("exportDialog.done", { id: response.headers.get("x-export-id") ?? "" }));
      onClose();
    } catch (error) {
      if (!control.signal.aborted) setProblem(asProblem(error));
    } finally {
      setReceived(undefined);
    }
  };
  const close = () => {
    stop.current?.abort();
    onClose();
  };
  return (
    <Modal
      open
      title={t("exportDialog.title", { object: label(object.label) })}
      onCancel={close}
      onOk={form.submit}
      okText={t("exportDialog.submit")}
      confirmLoading={received !== undefined}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ format: "xlsx", columns: "shown" }}
        onFinish={(f) => void submit(f)}
      >
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <Typography.Paragraph>{t("exportDialog.text")}</Typography.Paragraph>
        <Typography.Paragraph type="secondary">{t("exportDialog.scope")}</Typography.Paragraph>
        <Form.Item name="format" label={t("exportDialog.format")}>
          <Radio.Group
            options={[
              { value: "xlsx", label: "XLSX" },
              { value: "csv", label: "CSV" },
            ]}
          />
        </Form.Item>
        <Form.Item name="columns" label={t("exportDialog.columns")}>
          <Radio.Group
            options={[
              { value: "shown", label: t("exportDialog.shownColumns") },
              { value: "all", label: t("exportDialog.allColumns") },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="purpose"
          label={t("exportDialog.reason")}
          rules={[{ required: true, whitespace: true, message: t("exportDialog.needReason") }]}
        >
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
        {received !== undefined && <p role="status">{t("exportDialog.running", { size: received })}</p>}
      </Form>
    </Modal>
  );
}
