// Giving a question to somebody, sending an answer back, and what an assessor says.

import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { asked, asOf, type Question, SEVERITIES, useChoices, useDone } from "./assessments";

type Props = { id: string; q: Question; onClose: () => void };

export function AssignDialog({ id, q, onClose }: Props) {
  const { t } = useTranslation("assessments");
  const done = useDone(onClose);
  const choices = useChoices();
  return (
    <FormDialog<{ user?: string }>
      title={`${t("act.assign")} ${q.code}`}
      submit={t("submit")}
      initial={{ user: q.answerer?.id }}
      onSubmit={({ user }) => {
        const params = { path: { id, question: q.id }, header: asOf(q.version) };
        const body = { user: user ?? null };
        return done(data(api.POST("/api/v1/assessments/{id}/questions/{question}/answerer", { params, body })));
      }}
      onClose={onClose}
    >
      <Form.Item name="user" label={t("field.answerer")}>
        <Select
          allowClear
          loading={choices.isPending}
          placeholder={t("help.nobody")}
          options={(choices.data?.answerers ?? []).map((p) => ({ value: p.id, label: p.name }))}
        />
      </Form.Item>
    </FormDialog>
  );
}

export function ReturnDialog({ id, q, onClose }: Props) {
  const { t } = useTranslation("assessments");
  const done = useDone(onClose);
  return (
    <FormDialog<{ reason: string }>
      title={`${t("act.return")} ${q.code}`}
      submit={t("sendBack")}
      danger
      onSubmit={(body) => {
        const params = { path: { id, question: q.id }, header: asOf(q.version) };
        return done(data(api.POST("/api/v1/assessments/{id}/questions/{question}/return", { params, body })));
      }}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("field.reason")}
        rules={[{ required: true, whitespace: true, message: t("need") }]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

type Said = { text: string; title?: string; severity?: (typeof SEVERITIES)[number] };

export function SayDialog({ id, q, raise, onClose }: Props & { raise: boolean }) {
  const { t, i18n } = useTranslation("assessments");
  const done = useDone(onClose);
  const need = [{ required: true, whitespace: true, message: t("need") }];
  return (
    <FormDialog<Said>
      title={`${t(raise ? "act.raise" : "act.say")} ${q.code}`}
      submit={t("submit")}
      initial={{ severity: "medium" }}
      onSubmit={({ text, title, severity }) => {
        const finding = raise && title && severity ? { title: title.trim(), severity } : null;
        const params = { path: { id, question: q.id } };
        const body = { text, finding };
        return done(data(api.POST("/api/v1/assessments/{id}/questions/{question}/words", { params, body })));
      }}
      onClose={onClose}
    >
      <p className="assess-words">{asked(q, i18n.language)}</p>
      {raise && (
        <>
          <p className="muted">{t("help.raise")}</p>
          <Form.Item name="title" label={t("field.findingTitle")} rules={need}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="severity" label={t("field.severity")} rules={need}>
            <Select options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))} />
          </Form.Item>
        </>
      )}
      <Form.Item name="text" label={t("field.said")} rules={need}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
