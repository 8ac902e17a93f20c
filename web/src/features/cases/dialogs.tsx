// Asking the subject, recording what was done, closing.

import { Checkbox, DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useTerms } from "@/i18n/terms";
import { FormDialog } from "@/shared/FormDialog";
import { formatTime } from "@/shared/format";
import { at } from "./cases";
import { KINDS, VERDICTS } from "./search";
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

type MeasureFields = { kind: (typeof KINDS)[number]; text: string; until?: Dayjs | null };

export function MeasureDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  return (
    <FormDialog<MeasureFields>
      title={t("act.measure")}
      submit={t("dialog.submit")}
      initial={{ kind: "talk" }}
      onSubmit={({ kind, text, until }) =>
        done(
          data(
            api.POST("/api/v1/cases/{id}/measures", {
              params: at(of),
              body: { kind, text, ...(until ? { until: until.endOf("day").valueOf() } : {}) },
            }),
          ),
        )
      }
      onClose={onClose}
    >
      <Form.Item name="kind" label={t("dialog.kind")} extra={t("dialog.endsNow")}>
        <Select options={KINDS.map((k) => ({ value: k, label: t(`kind.${k}`) }))} />
      </Form.Item>
      <WordsField name="text" label={t("dialog.outcome")} />
      <Form.Item name="until" label={t("dialog.until")}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}

type CloseFields = { verdict: (typeof VERDICTS)[number]; root_cause: string; action: string };

export function CloseDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  const two = of.worst === "high" || of.worst === "critical";
  return (
    <FormDialog<CloseFields>
      title={t("act.close")}
      submit={t(two ? "dialog.propose" : "dialog.close")}
      onSubmit={(body) => done(data(api.POST("/api/v1/cases/{id}/closing", { params: at(of), body })))}
      onClose={onClose}
    >
      <p className="muted">{t(two ? "dialog.two" : "dialog.one")}</p>
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
