// Acts that take one thing: words, a reason, a person, events.

import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { at, type CaseDetail, useHandlers, useRefresh } from "./cases";
import { idsOf, SEVERITIES } from "./search";

export type DialogProps = { of: CaseDetail; onClose: () => void };

const WORDS = 2000;

/** Sends, asks for the case again, and closes. */
export function useDone(onClose: () => void) {
  const refresh = useRefresh();
  return async (act: Promise<unknown>) => {
    await act;
    onClose();
    await refresh();
  };
}

export function WordsField({
  name,
  label,
  help,
  most = WORDS,
}: {
  name: string;
  label: string;
  help?: ReactNode;
  most?: number;
}) {
  const { t } = useTranslation("cases");
  return (
    <Form.Item
      name={name}
      label={label}
      extra={help}
      rules={[{ required: true, whitespace: true, message: t("dialog.need") }]}
    >
      <Input.TextArea rows={3} maxLength={most} />
    </Form.Item>
  );
}

export function TextDialog({ of, onClose, to }: DialogProps & { to: "notes" | "tasks" }) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  const submit = ({ text }: { text: string }) =>
    done(
      to === "notes"
        ? data(api.POST("/api/v1/cases/{id}/notes", { params: at(of), body: { text } }))
        : data(api.POST("/api/v1/cases/{id}/tasks", { params: at(of), body: { text } })),
    );
  return (
    <FormDialog<{ text: string }>
      title={t(to === "notes" ? "act.note" : "act.task")}
      submit={t("dialog.submit")}
      onSubmit={submit}
      onClose={onClose}
    >
      <WordsField name="text" label={t("dialog.text")} />
    </FormDialog>
  );
}

export function ReasonDialog({ of, onClose, to }: DialogProps & { to: "contain" | "reopen" }) {
  const { t } = useTranslation("cases");
  const closed = of.alerts.filter((a) => a.closed_by_case).length;
  const done = useDone(onClose);
  const submit = ({ reason }: { reason: string }) =>
    done(
      to === "contain"
        ? data(api.POST("/api/v1/cases/{id}/contain", { params: at(of), body: { reason } }))
        : data(api.POST("/api/v1/cases/{id}/reopen", { params: at(of), body: { reason } })),
    );
  return (
    <FormDialog<{ reason: string }>
      title={t(`act.${to}`)}
      submit={t("dialog.submit")}
      onSubmit={submit}
      onClose={onClose}
    >
      {to === "reopen" && closed > 0 && <p className="muted">{t("dialog.opens", { count: closed })}</p>}
      <WordsField name="reason" label={t("dialog.reason")} />
    </FormDialog>
  );
}

export function RevealDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  return (
    <FormDialog<{ reason: string }>
      title={t("reveal.title")}
      submit={t("reveal.submit")}
      onSubmit={({ reason }) => done(data(api.POST("/api/v1/cases/{id}/reveal", { params: at(of), body: { reason } })))}
      onClose={onClose}
    >
      <WordsField name="reason" label={t("reveal.reason")} help={t("reveal.help")} />
    </FormDialog>
  );
}

export function AssignDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  const handlers = useHandlers();
  return (
    <FormDialog<{ user: string }>
      title={t("act.assign")}
      submit={t("dialog.submit")}
      onSubmit={({ user }) => done(data(api.PUT("/api/v1/cases/{id}/owner", { params: at(of), body: { user } })))}
      onClose={onClose}
    >
      <Form.Item name="user" label={t("dialog.to")} rules={[{ required: true, message: t("dialog.need") }]}>
        <Select
          loading={handlers.isPending}
          options={(handlers.data?.items ?? []).map((p) => ({ value: p.id ?? "", label: p.name }))}
        />
      </Form.Item>
    </FormDialog>
  );
}

type Grade = { severity: (typeof SEVERITIES)[number]; reason: string };

export function GradeDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  return (
    <FormDialog<Grade>
      title={t("act.grade")}
      submit={t("dialog.submit")}
      initial={{ severity: of.severity }}
      onSubmit={(body) => done(data(api.PUT("/api/v1/cases/{id}/severity", { params: at(of), body })))}
      onClose={onClose}
    >
      <Form.Item name="severity" label={t("filter.severity")}>
        <Select options={SEVERITIES.map((s) => ({ value: s, label: t(`severity.${s}`) }))} />
      </Form.Item>
      <WordsField name="reason" label={t("dialog.reason")} />
    </FormDialog>
  );
}

export function CiteDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("cases");
  const done = useDone(onClose);
  return (
    <FormDialog<{ events: string }>
      title={t("act.cite")}
      submit={t("dialog.submit")}
      onSubmit={({ events }) =>
        done(data(api.POST("/api/v1/cases/{id}/evidence", { params: at(of), body: { events: idsOf(events) } })))
      }
      onClose={onClose}
    >
      <WordsField name="events" label={t("dialog.events")} help={t("new.eventsHelp")} />
    </FormDialog>
  );
}
