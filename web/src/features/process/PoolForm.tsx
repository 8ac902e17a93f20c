// One pool's rules. What the form does not show (conditions) stays as it is.

import { Button, Checkbox, Drawer, Form, Input, InputNumber, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Pool } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useObjects } from "@/shared/directory";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { readReasons, writeReasons } from "./reasons";

type Fields = {
  name: string;
  zh: string;
  en: string;
  object: string;
  roles: string[];
  daily: number | null;
  holding: number | null;
  former: number | null;
  fresh: number | null;
  days: number | null;
  remind: number | null;
  activity: string | null;
  ownToo: boolean;
  reasons: string;
};
type Member = { kind: string; id: string };

const rolesOf = (pool: Pool | undefined) =>
  ((pool?.members ?? []) as Member[]).filter((m) => m.kind === "role").map((m) => m.id);

export function PoolForm({
  pool,
  onClose,
  onSave,
}: {
  pool: Pool | undefined;
  onClose: () => void;
  onSave: (pool: Pool) => Promise<void>;
}) {
  const { t } = useTranslation(["process", "common", "records"]);
  const label = useLabel();
  const { workspace } = useMe();
  const objects = useObjects();
  const unsaved = useUnsaved();
  const [form] = Form.useForm<Fields>();
  const days = Form.useWatch("days", form);
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const pooled = objects.filter((o) => o.process?.pool !== undefined);
  const working = objects.filter((o) => o.customer_field);
  const start: Partial<Fields> = {
    name: pool?.name ?? "",
    zh: pool?.label.zh ?? "",
    en: pool?.label.en ?? "",
    ...(pool ? { object: pool.object } : {}),
    roles: rolesOf(pool),
    daily: pool?.daily_claims ?? null,
    holding: pool?.holding ?? null,
    former: pool?.former_owner_days ?? null,
    fresh: pool?.new_hours ?? null,
    days: pool?.recycle?.days ?? null,
    remind: pool?.recycle?.remind_days ?? null,
    activity: pool?.recycle?.activity ?? null,
    ownToo: pool?.recycle?.own_too ?? false,
    reasons: writeReasons(pool?.reasons ?? []),
  };
  const submit = async (f: Fields) => {
    setBusy(true);
    setProblem(undefined);
    try {
      unsaved.release(true);
      const others = ((pool?.members ?? []) as Member[]).filter((m) => m.kind !== "role");
      await onSave({
        ...pool,
        name: f.name,
        label: { zh: f.zh, en: f.en },
        object: f.object,
        members: [...others, ...f.roles.map((id) => ({ kind: "role", id }))] as NonNullable<Pool["members"]>,
        daily_claims: f.daily,
        holding: f.holding,
        former_owner_days: f.former ?? 0,
        new_hours: f.fresh ?? 0,
        recycle:
          f.days === null || f.days === undefined
            ? null
            : {
                ...pool?.recycle,
                days: f.days,
                remind_days: f.remind ?? 0,
                activity: f.activity ?? null,
                own_too: f.ownToo ?? false,
              },
        reasons: readReasons(f.reasons) ?? [],
      });
    } catch (error) {
      unsaved.release(false);
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const required = { required: true, message: t("records:required") };
  const number = (max: number, min = 0) => (
    <InputNumber min={min} max={max} precision={0} placeholder={t("rules.empty")} style={{ width: "100%" }} />
  );
  const close = () => void unsaved.close(onClose);
  return (
    <Drawer
      open
      onClose={close}
      title={pool ? label(pool.label) : t("rules.add")}
      size="min(640px, 100vw)"
      destroyOnHidden
      maskClosable={false}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={start}
        disabled={busy}
        scrollToFirstError
        onValuesChange={() => unsaved.setDirty(true)}
        onFinish={(f) => void submit(f)}
      >
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <div className="form-grid">
          <Form.Item name="zh" label={t("rules.zh")} rules={[required]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="en" label={t("rules.en")} rules={[required]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item
            name="name"
            label={t("rules.name")}
            extra={t("rules.nameHelp")}
            rules={[required, { pattern: /^[a-z0-9_]{1,40}$/, message: t("rules.nameHelp") }]}
          >
            <Input maxLength={40} disabled={pool !== undefined} />
          </Form.Item>
          <Form.Item name="object" label={t("rules.object")} rules={[required]}>
            <Select
              disabled={pool !== undefined}
              options={pooled.map((o) => ({ value: o.name, label: label(o.label) }))}
            />
          </Form.Item>
          <Form.Item name="roles" className="form-wide" label={t("rules.members")} extra={t("rules.membersHelp")}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: "label" }}
              options={workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }))}
            />
          </Form.Item>
          <Form.Item name="daily" label={t("rules.daily")}>
            {number(10_000)}
          </Form.Item>
          <Form.Item name="holding" label={t("rules.holding")}>
            {number(1_000_000)}
          </Form.Item>
          <Form.Item name="former" label={t("rules.former")}>
            {number(3650)}
          </Form.Item>
          <Form.Item name="fresh" label={t("rules.fresh")}>
            {number(8760)}
          </Form.Item>
          <Form.Item name="days" label={t("rules.recycle")}>
            {number(3650, 1)}
          </Form.Item>
          {typeof days === "number" && (
            <>
              <Form.Item name="remind" label={t("rules.remind")}>
                {number(Math.max(0, days - 1))}
              </Form.Item>
              <Form.Item name="activity" label={t("rules.activity")}>
                <Select
                  allowClear
                  placeholder={t("rules.change")}
                  options={working.map((o) => ({ value: o.name, label: label(o.label) }))}
                />
              </Form.Item>
              <Form.Item name="ownToo" valuePropName="checked" className="form-wide">
                <Checkbox>{t("rules.ownToo")}</Checkbox>
              </Form.Item>
            </>
          )}
          <Form.Item
            name="reasons"
            className="form-wide"
            label={t("rules.reasons")}
            extra={t("rules.reasonsHelp")}
            rules={[
              {
                validator: (_, text: string) =>
                  readReasons(text) ? Promise.resolve() : Promise.reject(new Error(t("rules.reasonsBad"))),
              },
            ]}
          >
            <Input.TextArea rows={4} maxLength={4000} />
          </Form.Item>
        </div>
        <Space className="form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t("rules.save")}
          </Button>
          <Button onClick={close}>{t("common:cancel")}</Button>
        </Space>
      </Form>
    </Drawer>
  );
}
