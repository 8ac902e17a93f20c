// What an assessment is about, its dates, and the evidence of its room.

import { useNavigate } from "@tanstack/react-router";
import { DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { asOf, type Detail, type Plan, useDone } from "./assessments";
import { EvidencePicker } from "./EvidencePicker";

type Fields = Omit<Plan, "starts_at" | "ends_at" | "due_at"> & { period: [Dayjs, Dayjs]; due: Dayjs };

const fieldsOf = (of: Detail): Fields => ({
  name: of.card.name,
  organisation: of.card.organisation,
  contact: of.contact,
  standard: of.card.standard,
  scope: of.scope,
  period: [dayjs(of.card.starts_at), dayjs(of.card.ends_at)],
  due: dayjs(of.card.due_at),
  evidence: of.chosen,
});

function planOf({ period: [from, until], due, ...rest }: Fields): Plan {
  const ends = until.endOf("day").valueOf();
  return {
    name: rest.name.trim(),
    organisation: rest.organisation.trim(),
    contact: rest.contact?.trim() ?? "",
    standard: rest.standard?.trim() ?? "",
    scope: rest.scope?.trim() ?? "",
    starts_at: from.startOf("day").valueOf(),
    ends_at: ends,
    due_at: Math.min(due.endOf("day").valueOf(), ends),
    evidence: rest.evidence ?? [],
  };
}

export function PlanDialog({ of, onClose }: { of?: Detail; onClose: () => void }) {
  const { t } = useTranslation("assessments");
  const navigate = useNavigate();
  const done = useDone(onClose);
  const need = [{ required: true, whitespace: true, message: t("need") }];
  const needDay = [{ required: true, message: t("need") }];
  const send = async (fields: Fields) => {
    const body = planOf(fields);
    if (of) {
      const params = { path: { id: of.card.id }, header: asOf(of.version) };
      return done(data(api.PUT("/api/v1/assessments/{id}", { params, body })));
    }
    const begun = await data(api.POST("/api/v1/assessments", { body }));
    await done(Promise.resolve());
    void navigate({ to: "/assessments/$id", params: { id: begun.id } });
  };
  return (
    <FormDialog<Fields>
      title={of ? t("edit") : t("begin")}
      submit={of ? t("save") : t("create")}
      initial={of ? fieldsOf(of) : { period: [dayjs(), dayjs().add(14, "day")], due: dayjs().add(10, "day") }}
      onSubmit={send}
      onClose={onClose}
    >
      {!of && <p className="muted">{t("beginText")}</p>}
      <Form.Item name="name" label={t("field.name")} rules={need}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="organisation" label={t("field.organisation")} rules={need}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="contact" label={t("field.contact")}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="standard" label={t("field.standard")}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="scope" label={t("field.scope")}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Form.Item name="period" label={t("field.period")} extra={t("help.period")} rules={needDay}>
        <DatePicker.RangePicker style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="due" label={t("field.due")} rules={needDay}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="evidence" label={t("field.evidence")} extra={t("help.evidence")}>
        <EvidencePicker known={of?.evidence ?? []} />
      </Form.Item>
    </FormDialog>
  );
}
