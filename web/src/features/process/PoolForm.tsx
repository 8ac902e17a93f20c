// One pool's rules: its members, what they may claim and hold, and when a record goes back.

import { Button, Checkbox, Drawer, Form, Input, InputNumber, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Condition, Pool } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useObjects } from "@/shared/directory";
import { useColleagues } from "@/shared/fields/people";
import { FilterBuilder, type FilterField } from "@/shared/filter/FilterBuilder";
import { count, fromCondition } from "@/shared/filter/tree";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { type Field, isTestable } from "../objects/definition";
import { readReasons, writeReasons } from "./reasons";

type Fields = {
  name: string;
  zh: string;
  en: string;
  object: string;
  roles: string[];
  departments: string[];
  people: string[];
  membersOnly: boolean;
  holdingAlways: boolean;
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

const KINDS = ["role", "department", "user"] as const;
const membersOf = (pool: Pool | undefined, kind: (typeof KINDS)[number]) =>
  ((pool?.members ?? []) as Member[]).filter((m) => m.kind === kind).map((m) => m.id);

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
  const holding = Form.useWatch("holding", form);
  const chosen = Form.useWatch("object", form) ?? pool?.object;
  const named = [Form.useWatch("roles", form), Form.useWatch("departments", form), Form.useWatch("people", form)];
  const [notCounted, setNotCounted] = useState(pool?.not_counted as Condition | undefined | null);
  const [spared, setSpared] = useState(pool?.recycle?.spared as Condition | undefined | null);
  const { list: colleagues } = useColleagues();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const pooled = objects.filter((o) => o.process?.pool !== undefined);
  const working = objects.filter((o) => o.customer_field);
  const start: Partial<Fields> = {
    name: pool?.name ?? "",
    zh: pool?.label.zh ?? "",
    en: pool?.label.en ?? "",
    ...(pool ? { object: pool.object } : {}),
    roles: membersOf(pool, "role"),
    departments: membersOf(pool, "department"),
    people: membersOf(pool, "user"),
    membersOnly: pool?.members_only ?? false,
    holdingAlways: pool?.holding_always ?? false,
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
      const members = KINDS.flatMap((kind) =>
        ({ role: f.roles, department: f.departments, user: f.people })[kind].map((id) => ({ kind, id })),
      );
      const someone = members.length > 0;
      await onSave({
        ...pool,
        name: f.name,
        label: { zh: f.zh, en: f.en },
        object: f.object,
        members: members as NonNullable<Pool["members"]>,
        members_only: someone && f.membersOnly,
        daily_claims: f.daily,
        holding: f.holding,
        holding_always: typeof f.holding === "number" && f.holdingAlways,
        not_counted: (notCounted ?? null) as Pool["not_counted"],
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
                spared: (spared ?? null) as NonNullable<Pool["recycle"]>["spared"],
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
  const definition = objects.find((o) => o.name === chosen);
  const fields = (definition?.fields ?? []) as unknown as Field[];
  const testable = fields.filter(isTestable) as FilterField[];
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
          <Form.Item name="departments" label={t("rules.departments")} extra={t("rules.departmentsHelp")}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: "label" }}
              options={workspace.departments.map((d) => ({ value: d.id, label: d.name }))}
            />
          </Form.Item>
          <Form.Item name="people" label={t("rules.people")}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: "label" }}
              options={colleagues.map((c) => ({ value: c.id, label: c.name }))}
            />
          </Form.Item>
          {named.some((kind) => (kind?.length ?? 0) > 0) && (
            <Form.Item
              name="membersOnly"
              valuePropName="checked"
              className="form-wide"
              extra={t("rules.membersOnlyHelp")}
            >
              <Checkbox>{t("rules.membersOnly")}</Checkbox>
            </Form.Item>
          )}
          <Form.Item name="daily" label={t("rules.daily")}>
            {number(10_000)}
          </Form.Item>
          <Form.Item name="holding" label={t("rules.holding")}>
            {number(1_000_000)}
          </Form.Item>
          {typeof holding === "number" && (
            <>
              <Form.Item
                name="holdingAlways"
                valuePropName="checked"
                className="form-wide"
                extra={t("rules.holdingAlwaysHelp")}
              >
                <Checkbox>{t("rules.holdingAlways")}</Checkbox>
              </Form.Item>
              <ConditionItem
                key={`counted ${chosen}`}
                label={t("rules.notCounted")}
                fields={testable}
                value={notCounted ?? undefined}
                onChange={(condition) => {
                  setNotCounted(condition);
                  unsaved.setDirty(true);
                }}
              />
            </>
          )}
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
              <ConditionItem
                key={`spared ${chosen}`}
                label={t("rules.spared")}
                fields={testable}
                value={spared ?? undefined}
                onChange={(condition) => {
                  setSpared(condition);
                  unsaved.setDirty(true);
                }}
              />
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

type ConditionProps = {
  label: string;
  fields: FilterField[];
  value: Condition | undefined;
  onChange: (condition: Condition | undefined) => void;
};

/** Records for which a rule does not hold, told by a condition. */
function ConditionItem({ label, fields, value, onChange }: ConditionProps) {
  const { t } = useTranslation("process");
  const [open, setOpen] = useState(false);
  return (
    <Form.Item className="form-wide" label={label}>
      {open ? (
        <FilterBuilder
          fields={fields}
          value={value}
          onApply={(condition) => {
            onChange(condition);
            setOpen(false);
          }}
        />
      ) : (
        <Button onClick={() => setOpen(true)} disabled={fields.length === 0}>
          {value ? t("rules.condition", { count: count(fromCondition(value)) }) : t("rules.noCondition")}
        </Button>
      )}
    </Form.Item>
  );
}
