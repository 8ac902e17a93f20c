// A case by hand: whom it is about, why, and which events of theirs it cites.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useMe } from "@/app/session";
import { FormDialog } from "@/shared/FormDialog";
import { AccountPicker } from "@/shared/fields/PersonPicker";
import { refreshCases } from "./cases";
import { idsOf, SEVERITIES } from "./search";

type Fields = { subject?: string; title: string; severity: (typeof SEVERITIES)[number]; events?: string };

/** From alerts, whom it is about is not asked: they say so, and the name is not told here. */
export function OpenCase({ alerts, onClose }: { alerts?: string[]; onClose: () => void }) {
  const { t } = useTranslation("cases");
  const { user } = useMe().me;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const submit = async ({ subject, title, severity, events }: Fields) => {
    const made = await data(
      api.POST("/api/v1/cases", {
        body: {
          ...(alerts ? { alerts } : { subject: subject ?? null }),
          title: title.trim(),
          severity,
          events: idsOf(events),
        },
      }),
    );
    void message.success(t("new.done"));
    onClose();
    await refreshCases(queries);
    await navigate({ to: "/cases/$id", params: { id: made.id } });
  };
  const needed = [{ required: true, whitespace: true, message: t("new.need") }];
  return (
    <FormDialog<Fields>
      title={t("new.title")}
      submit={t("new.submit")}
      initial={{ severity: "medium" }}
      onSubmit={submit}
      onClose={onClose}
    >
      {alerts ? (
        <p className="muted">{t("new.fromAlerts", { count: alerts.length })}</p>
      ) : (
        <Form.Item name="subject" label={t("new.subject")} rules={[{ required: true, message: t("new.need") }]}>
          <AccountPicker except={user.id} />
        </Form.Item>
      )}
      <Form.Item name="title" label={t("new.name")} rules={needed} extra={t("new.nameHelp")}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="severity" label={t("new.severity")}>
        <Select options={SEVERITIES.map((s) => ({ value: s, label: t(`severity.${s}`) }))} />
      </Form.Item>
      <Form.Item name="events" label={t("new.events")} extra={t("new.eventsHelp")}>
        <Input.TextArea rows={3} />
      </Form.Item>
    </FormDialog>
  );
}
