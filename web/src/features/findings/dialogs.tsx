// Acts on a vulnerability, each in its dialog.

import { DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { at, type FindingDetail, useDone, usePeople } from "./findings";

type DialogProps = { of: FindingDetail; onClose: () => void };
const WORDS = 2000;

function Reason() {
  const { t } = useTranslation("findings");
  return (
    <Form.Item
      name="reason"
      label={t("dialog.reason")}
      rules={[{ required: true, whitespace: true, message: t("need") }]}
    >
      <Input.TextArea rows={3} maxLength={WORDS} />
    </Form.Item>
  );
}

export function AssignDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("findings");
  const done = useDone(onClose);
  const people = usePeople();
  return (
    <FormDialog<{ user?: string; due?: Dayjs | null }>
      title={t("act.assign")}
      submit={t("dialog.submit")}
      initial={{ user: of.card.owner?.id }}
      onSubmit={({ user, due }) => {
        const body = { user: user ?? null, ...(due ? { due_at: due.endOf("day").valueOf() } : {}) };
        return done(data(api.POST("/api/v1/findings/{id}/owner", { params: at(of), body })));
      }}
      onClose={onClose}
    >
      <Form.Item name="user" label={t("dialog.owner")} extra={t("dialog.ownerHelp")}>
        <Select
          allowClear
          loading={people.isPending}
          placeholder={t("nobody")}
          options={(people.data?.items ?? []).map((p) => ({ value: p.id, label: p.name }))}
        />
      </Form.Item>
      <Form.Item name="due" label={t("dialog.due")} extra={t("dialog.dueHelp")}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}

export function FixedDialog({ of, verify, onClose }: DialogProps & { verify?: boolean }) {
  const { t } = useTranslation("findings");
  const done = useDone(onClose);
  const text = verify ? "verifyText" : of.assessment === null ? "fixedText" : "fixedByHand";
  return (
    <FormDialog<{ note?: string }>
      title={t(verify ? "act.verify" : "act.fixed")}
      submit={t("dialog.submit")}
      onSubmit={({ note }) => {
        const body = { note: note?.trim() ?? "" };
        return done(
          verify
            ? data(api.POST("/api/v1/findings/{id}/verified", { params: at(of), body }))
            : data(api.POST("/api/v1/findings/{id}/fixed", { params: at(of), body })),
        );
      }}
      onClose={onClose}
    >
      <p className="muted">{t(`dialog.${text}`)}</p>
      <Form.Item name="note" label={t("dialog.note")}>
        <Input.TextArea rows={3} maxLength={WORDS} />
      </Form.Item>
    </FormDialog>
  );
}

export function AcceptDialog({ of, onClose }: DialogProps) {
  const { t } = useTranslation("findings");
  const done = useDone(onClose);
  return (
    <FormDialog<{ reason: string; until: Dayjs }>
      title={t("act.accept")}
      submit={t(of.takes_two ? "dialog.ask" : "dialog.submit")}
      onSubmit={({ reason, until }) => {
        // The last day that the rules allow ends when they say, not at midnight.
        const last = Date.now() + of.accept_days * 86_400_000 - 60_000;
        const body = { reason, until: Math.min(until.endOf("day").valueOf(), last) };
        return done(data(api.POST("/api/v1/findings/{id}/acceptance", { params: at(of), body })));
      }}
      onClose={onClose}
    >
      <p className="muted">{t(of.takes_two ? "dialog.two" : "dialog.one")}</p>
      <Form.Item
        name="until"
        label={t("dialog.until")}
        extra={t("dialog.untilHelp", { days: of.accept_days })}
        rules={[{ required: true, message: t("need") }]}
      >
        <DatePicker
          style={{ width: "100%" }}
          disabledDate={(day) => day.isBefore(dayjs(), "day") || day.isAfter(dayjs().add(of.accept_days, "day"), "day")}
        />
      </Form.Item>
      <Reason />
    </FormDialog>
  );
}

export function ReasonDialog({ of, to, onClose }: DialogProps & { to: "false_positive" | "reopen" }) {
  const { t } = useTranslation("findings");
  const done = useDone(onClose);
  const aside = to === "false_positive";
  return (
    <FormDialog<{ reason: string }>
      title={t(`act.${to}`)}
      submit={t(aside && of.takes_two ? "dialog.ask" : "dialog.submit")}
      onSubmit={(body) =>
        done(
          aside
            ? data(api.POST("/api/v1/findings/{id}/false-positive", { params: at(of), body }))
            : data(api.POST("/api/v1/findings/{id}/reopen", { params: at(of), body })),
        )
      }
      onClose={onClose}
    >
      {aside && <p className="muted">{t(of.takes_two ? "dialog.two" : "dialog.one")}</p>}
      <Reason />
    </FormDialog>
  );
}

export function ConsentDialog({ of, agree, onClose }: DialogProps & { agree: boolean }) {
  const { t } = useTranslation("findings");
  const done = useDone(onClose);
  const name = agree ? "agree" : of.may_consent ? "decline" : "takeBack";
  return (
    <FormDialog<Record<string, never>>
      title={t(`act.${name}`)}
      submit={t("dialog.submit")}
      danger={!agree}
      onSubmit={() => done(data(api.POST("/api/v1/findings/{id}/consent", { params: at(of), body: { agree } })))}
      onClose={onClose}
    >
      <p className="finding-words">{of.aside?.reason}</p>
      <p className="muted">{t(agree ? "dialog.agreeText" : "dialog.declineText")}</p>
    </FormDialog>
  );
}
