// A file of what the list asks for, with a purpose. It is made in the background on the recorded path, chunk by chunk, and taken
// from here or from the page of exports.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Form, Input, Modal, Radio, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { ExportView, ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { ExportStatus } from "@/features/exports/ExportStatus";
import { useLabel, useLanguage } from "@/i18n";
import { ProblemAlert } from "@/shared/ProblemView";
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
  const { t } = useTranslation(["records", "exports", "common"]);
  const label = useLabel();
  const language = useLanguage();
  const { me } = useMe();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<ExportView>();

  const submit = async ({ format, columns: which, purpose }: Fields) => {
    setProblem(undefined);
    setBusy(true);
    try {
      const condition = conditionOf(search, me.user);
      const question = {
        ...(condition ? { filter: condition } : {}),
        ...(search.q ? { search: search.q } : { sort: search.sort ?? "-updated_at" }),
        ...(which === "shown" ? { fields: wantedFields(object, columns) } : {}),
      };
      setAsked(
        await data(
          api.POST("/api/v1/records/{object}/exports", {
            params: { path: { object: object.name } },
            headers: { "Accept-Language": language },
            body: { format, question, purpose } as never,
          }),
        ),
      );
      await queries.invalidateQueries({ queryKey: ["exports"] });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const footer = asked
    ? [
        <Link key="all" to="/exports" search={{}} className="export-all">
          {t("exports:seeAll")}
        </Link>,
        <Button key="close" onClick={onClose}>
          {t("common:close")}
        </Button>,
      ]
    : undefined;
  return (
    <Modal
      open
      title={t("exportDialog.title", { object: label(object.label) })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("exportDialog.submit")}
      confirmLoading={busy}
      {...(footer ? { footer } : {})}
    >
      {asked ? (
        <ExportStatus asked={asked} />
      ) : (
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
        </Form>
      )}
    </Modal>
  );
}
