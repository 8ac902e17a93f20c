// Naming who sees to a check until when, and putting up with one for a time.

import { useQueryClient } from "@tanstack/react-query";
import { App, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { type Check, refreshPosture, usePostureOwners } from "./posture";

type Props = { check: Check; onClose: () => void };
type Care = { owner?: string | null; due?: Dayjs | null };

export function AssignDialog({ check, onClose }: Props) {
  const { t } = useTranslation("posture");
  const queries = useQueryClient();
  const { message } = App.useApp();
  const owners = usePostureOwners(true).data?.items ?? [];
  return (
    <FormDialog<Care>
      title={t("assign")}
      submit={t("save")}
      initial={{ owner: check.owner, due: check.due_at === null ? null : dayjs(check.due_at) }}
      onSubmit={async ({ owner, due }) => {
        const body = { owner: owner ?? null, due_at: due ? due.valueOf() : null };
        await api.PUT("/api/v1/posture/checks/{check}", { params: { path: { check: check.id } }, body });
        void message.success(t("assigned"));
        await refreshPosture(queries);
        onClose();
      }}
      onClose={onClose}
    >
      <Form.Item name="owner" label={t("owner")}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={owners.map((o) => ({ value: o.id, label: o.name }))}
        />
      </Form.Item>
      <Form.Item name="due" label={t("due")}>
        <DatePicker minDate={dayjs().add(1, "day")} style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}

type Waiver = { reason: string; until: Dayjs };

export function WaiveDialog({ check, onClose }: Props) {
  const { t } = useTranslation("posture");
  const queries = useQueryClient();
  const { message } = App.useApp();
  const need = [{ required: true, message: t("need") }];
  return (
    <FormDialog<Waiver>
      title={t("waive")}
      submit={t("waive")}
      initial={{ until: dayjs().add(30, "day") }}
      onSubmit={async ({ reason, until }) => {
        const body = { reason, until: until.valueOf() };
        await api.PUT("/api/v1/posture/checks/{check}/waiver", { params: { path: { check: check.id } }, body });
        void message.success(t(check.risk === "high" ? "waitingNow" : "waivedNow"));
        await refreshPosture(queries);
        onClose();
      }}
      onClose={onClose}
    >
      <p className="muted">{t("waiveText")}</p>
      <Form.Item name="reason" label={t("reason")} rules={need}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <Form.Item name="until" label={t("until")} rules={need}>
        <DatePicker
          minDate={dayjs().add(1, "day")}
          maxDate={dayjs().add(179, "day")}
          allowClear={false}
          style={{ width: "100%" }}
        />
      </Form.Item>
    </FormDialog>
  );
}
