// How often an activity is done, by whom and how; and why one of its cycles was skipped.

import { Form, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { type Activity, CYCLES, type Cycle, cycleOf, entryOf, type Slot } from "./programme";

type Done = { onDone: () => void; onClose: () => void };
type Fields = { on: boolean; cycle: Cycle; owner?: string | null; scope?: string; method?: string };
type EditProps = Done & {
  activity: Activity;
  all: Activity[];
  people: components["schemas"]["ProgrammePerson"][];
};

export function EditDialog({ activity, all, people, onDone, onClose }: EditProps) {
  const { t } = useTranslation("programme");
  const label = useLabel();
  return (
    <FormDialog<Fields>
      title={t("editTitle", { title: label(activity.title) })}
      submit={t("save")}
      initial={{
        on: activity.on,
        cycle: cycleOf(activity.cycle),
        owner: activity.owner,
        scope: activity.scope,
        method: activity.method,
      }}
      onSubmit={async ({ on, cycle, owner, scope, method }) => {
        const next = {
          activity: activity.activity,
          on,
          cycle,
          owner: owner ?? null,
          scope: scope ?? "",
          method: method ?? "",
        };
        const entries = all.map((a) => (a.activity === activity.activity ? next : entryOf(a)));
        await api.PUT("/api/v1/programme", { body: { entries } });
        onDone();
      }}
      onClose={onClose}
    >
      {activity.doer === "house" && <p className="muted">{t("houseNote")}</p>}
      <Form.Item name="on" label={t("on")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="cycle" label={t("cycle")}>
        <Select options={CYCLES.map((c) => ({ value: c, label: t(`cycles.${c}`) }))} />
      </Form.Item>
      <Form.Item name="owner" label={t("owner")}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={people.map((p) => ({ value: p.id, label: p.name }))}
        />
      </Form.Item>
      <Form.Item name="scope" label={t("scope")}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="method" label={t("method")}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

export function ExcuseDialog({ activity, slot, onDone, onClose }: Done & { activity: Activity; slot: Slot }) {
  const { t } = useTranslation("programme");
  return (
    <FormDialog<{ reason: string }>
      title={t("explain")}
      submit={t("save")}
      onSubmit={async ({ reason }) => {
        await api.POST("/api/v1/programme/skips", {
          body: { activity: activity.activity, first: slot.first, reason },
        });
        onDone();
      }}
      onClose={onClose}
    >
      <Form.Item name="reason" label={t("reason")} rules={[{ required: true, message: t("need") }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
