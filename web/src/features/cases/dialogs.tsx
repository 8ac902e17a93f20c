// Asking the subject, recording what was done, closing.

import { Checkbox, DatePicker, Form, Input, InputNumber, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useDuty } from "@/app/session";
import { useTerms } from "@/i18n/terms";
import { FormDialog } from "@/shared/FormDialog";
import { formatTime } from "@/shared/format";
import { at } from "./cases";
import { KINDS, TAKES, VERDICTS } from "./search";
import { type DialogProps, useDone, WordsField } from "./simpleDialogs";

export function AskDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const term = useTerms();
  const done = useDone(onClose);
  const options = of.evidence.map((e) => ({
    value: e.event,
    label: `${formatTime(e.at)} · ${term("action", e.action)}`,
  }));
  return (
    <FormDialog<{ text: string; events?: string[] }>
      title={t("act.ask")}
      submit={t("act.ask")}
      initial={{ events: of.evidence.map((e) => e.event) }}
      onSubmit={({ text, events }) =>
        done(data(api.POST("/api/v1/cases/{id}/questions", { params: at(of), body: { text, events: events ?? [] } })))
      }
      onClose={onClose}
    >
      <WordsField name="text" label={t("dialog.question")} help={t("dialog.questionHelp")} />
      {options.length > 0 && (
        <Form.Item name="events" label={t("dialog.shown")}>
          <Checkbox.Group className="case-checks" options={options} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

type MeasureFields = {
  kind: (typeof KINDS)[number];
  text: string;
  until?: Dayjs | null;
  hours: (typeof HOURS)[number];
  perMinute?: number | null;
  message?: string;
};
const HOURS = ["1", "4", "24", "168", "720"] as const;
const HOUR = 3_600_000;
const takes = (kind: string) => TAKES.some((k) => k === kind);

export function MeasureDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  const may = useDuty("response.take");
  const [form] = Form.useForm<MeasureFields>();
  const kind = Form.useWatch("kind", form) ?? "talk";
  const taken = takes(kind);
  const body = (f: MeasureFields) =>
    takes(f.kind)
      ? {
          kind: f.kind,
          text: f.text,
          until: Date.now() + Number(f.hours) * HOUR,
          ...(f.kind === "throttle" ? { per_minute: f.perMinute ?? 10 } : {}),
          message: f.message?.trim() ?? "",
        }
      : { kind: f.kind, text: f.text, ...(f.until ? { until: f.until.endOf("day").valueOf() } : {}) };
  return (
    <FormDialog<MeasureFields>
      title={t("act.measure")}
      submit={t("dialog.submit")}
      danger={taken}
      form={form}
      initial={{ kind: "talk", hours: "24", perMinute: 10 }}
      onSubmit={(f) => done(data(api.POST("/api/v1/cases/{id}/measures", { params: at(of), body: body(f) })))}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t("dialog.kind")} extra={t(`dialog.means.${kind}`)}>
        <Select options={KINDS.filter((k) => may || !takes(k)).map((k) => ({ value: k, label: t(`kind.${k}`) }))} />
      </Form.Item>
      {kind === "throttle" && (
        <Form.Item
          name="perMinute"
          label={t("dialog.perMinute")}
          rules={[{ required: true, message: t("dialog.need") }]}
        >
          <InputNumber min={1} max={600} precision={0} />
        </Form.Item>
      )}
      {taken ? (
        <Form.Item name="hours" label={t("dialog.lasts")}>
          <Select options={HOURS.map((value) => ({ value, label: t(`dialog.hours.${value}`) }))} />
        </Form.Item>
      ) : (
        <Form.Item name="until" label={t("dialog.until")}>
          <DatePicker style={{ width: "100%" }} />
        </Form.Item>
      )}
      <WordsField name="text" label={t(taken ? "dialog.reason" : "dialog.outcome")} most={taken ? 500 : 2000} />
      {taken && (
        <Form.Item name="message" label={t("dialog.message")} extra={t("dialog.messageHelp")}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

type CloseFields = { verdict: (typeof VERDICTS)[number]; root_cause: string; action: string };

export function CloseDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  const two = of.worst === "high" || of.worst === "critical";
  const open = of.alerts.filter((a) => a.state !== "closed").length;
  return (
    <FormDialog<CloseFields>
      title={t("act.close")}
      submit={t(two ? "dialog.propose" : "dialog.close")}
      onSubmit={(body) => done(data(api.POST("/api/v1/cases/{id}/closing", { params: at(of), body })))}
      onClose={onClose}
    >
      <p className="muted">{t(two ? "dialog.two" : "dialog.one")}</p>
      {open > 0 && <p className="muted">{t("dialog.closes", { count: open })}</p>}
      <Form.Item name="verdict" label={t("dialog.verdict")} rules={[{ required: true, message: t("dialog.need") }]}>
        <Select options={VERDICTS.map((v) => ({ value: v, label: t(`verdict.${v}`) }))} />
      </Form.Item>
      <WordsField name="root_cause" label={t("dialog.rootCause")} />
      <WordsField name="action" label={t("dialog.action")} />
    </FormDialog>
  );
}

export function WordDialog({ of, onClose, consent }: DialogProps & { consent: boolean }) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  const submit = ({ comment }: { comment?: string }) => {
    const body = { comment: comment?.trim() ?? "" };
    return done(
      consent
        ? data(api.POST("/api/v1/cases/{id}/closing/consent", { params: at(of), body }))
        : data(api.POST("/api/v1/cases/{id}/closing/refuse", { params: at(of), body })),
    );
  };
  return (
    <FormDialog<{ comment?: string }>
      title={t(consent ? "closing.consent" : "closing.refuse")}
      submit={t(consent ? "closing.consent" : "closing.refuse")}
      danger={!consent}
      onSubmit={submit}
      onClose={onClose}
    >
      {consent ? (
        <Form.Item name="comment" label={t("dialog.comment")}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      ) : (
        <WordsField name="comment" label={t("dialog.comment")} />
      )}
    </FormDialog>
  );
}
