// Writing an answer, from nothing or from what the compliance self-audit says.

import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { asked, asOf, type Evidence, type Question, STANDINGS, useDone } from "./assessments";
import { EvidencePicker } from "./EvidencePicker";

type Fields = { standing: (typeof STANDINGS)[number]; text: string; evidence?: string[] };
type Props = { id: string; q: Question; known: Evidence[]; suggested: boolean; onClose: () => void };

export function AnswerDialog({ id, q, known, suggested, onClose }: Props) {
  const { t, i18n } = useTranslation("assessments");
  const label = useLabel();
  const done = useDone(onClose);
  const from = suggested ? q.suggested : null;
  const initial = from
    ? { standing: from.standing ?? undefined, text: label(from.found), evidence: [from.evidence] }
    : { standing: q.answer?.standing, text: q.answer?.text, evidence: q.answer?.evidence ?? [] };
  return (
    <FormDialog<Fields>
      title={`${t("act.answer")} ${q.code}`}
      submit={t("submit")}
      initial={initial}
      onSubmit={({ standing, text, evidence }) => {
        const params = { path: { id, question: q.id }, header: asOf(q.version) };
        const body = { standing, text, evidence: evidence ?? [] };
        return done(data(api.PUT("/api/v1/assessments/{id}/questions/{question}/answer", { params, body })));
      }}
      onClose={onClose}
    >
      <p className="assess-words">{asked(q, i18n.language)}</p>
      <Form.Item name="standing" label={t("field.standing")} rules={[{ required: true, message: t("need") }]}>
        <Select options={STANDINGS.map((value) => ({ value, label: t(`standing.${value}`) }))} />
      </Form.Item>
      <Form.Item name="text" label={t("field.text")} rules={[{ required: true, whitespace: true, message: t("need") }]}>
        <Input.TextArea rows={5} maxLength={5000} />
      </Form.Item>
      <Form.Item name="evidence" label={t("field.links")} extra={t("help.links")}>
        <EvidencePicker known={known} />
      </Form.Item>
    </FormDialog>
  );
}
