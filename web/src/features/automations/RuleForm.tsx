// One rule: when, if, then. What it would be asked of is tried over the records that whoever makes it may list.

import { Button, Drawer, Form, Input, InputNumber, Radio, Select, Space, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import type { FieldForm, ObjectDefinition } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { openFields, useObjects } from "@/shared/directory";
import { FieldInput } from "@/shared/fields/FieldInput";
import { useColleagues } from "@/shared/fields/people";
import { ConditionField } from "@/shared/filter/ConditionField";
import { NamedFields } from "@/shared/NamedFields";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { useHooks } from "./automations";
import { EFFECTS, type Fields, fieldsOf, GIVEN, NEW_EFFECT, type Rule, ruleOf, TRIGGERS } from "./rule";
import { Trial } from "./Trial";

type Props = { rule: Rule | undefined; onClose: () => void; onSave: (rule: Rule) => Promise<void> };

export function RuleForm({ rule, onClose, onSave }: Props) {
  const { t } = useTranslation(["automations", "common"]);
  const label = useLabel();
  const objects = useObjects();
  const unsaved = useUnsaved();
  const [form] = Form.useForm<Fields>();
  const start = fieldsOf(rule);
  const name = Form.useWatch("object", form) ?? start.object;
  const trigger = Form.useWatch("trigger", form) ?? start.trigger;
  const field = Form.useWatch("field", form) ?? start.field;
  const only = Form.useWatch("only", form) ?? start.only;
  const object = objects.find((o) => o.name === name);
  const open = openFields(object) as unknown as ObjectDefinition["fields"];
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const submit = async (f: Fields) => {
    setBusy(true);
    setProblem(undefined);
    try {
      unsaved.release(true);
      await onSave(ruleOf({ ...start, ...f }));
    } catch (error) {
      unsaved.release(false);
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const close = () => void unsaved.close(onClose);
  const required = { required: true, message: t("need") };
  const options = (fields: ObjectDefinition["fields"]) => fields.map((f) => ({ value: f.name, label: label(f.label) }));
  const chosen = open.find((f) => f.name === field);
  const forget = () => form.setFieldsValue({ field: null, fields: [], values: [], only: null });
  return (
    <Drawer
      open
      onClose={close}
      title={rule ? label(rule.label) : t("add")}
      size="min(720px, 100vw)"
      destroyOnHidden
      maskClosable={false}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={start}
        disabled={busy}
        requiredMark={false}
        scrollToFirstError
        onValuesChange={() => unsaved.setDirty(true)}
        onFinish={(f) => void submit(f)}
      >
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <div className="form-grid">
          <NamedFields kept={rule !== undefined} />
          <Form.Item name="object" label={t("object")} rules={[required]}>
            <Select
              disabled={rule !== undefined}
              showSearch={{ optionFilterProp: "label" }}
              options={objects.map((o) => ({ value: o.name, label: label(o.label) }))}
              onChange={forget}
            />
          </Form.Item>
        </div>
        <Form.Item name="on" label={t("on")} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="trigger" label={t("when")}>
          <Radio.Group options={TRIGGERS.map((kind) => ({ value: kind, label: t(`trigger.${kind}`) }))} />
        </Form.Item>
        {trigger === "edited" && (
          <Form.Item name="fields" label={t("fields")} extra={t("fieldsHelp")}>
            <Select
              mode="multiple"
              options={options(object?.fields ?? [])}
              showSearch={{ optionFilterProp: "label" }}
            />
          </Form.Item>
        )}
        {trigger === "became" && (
          <div className="form-grid">
            <Form.Item name="field" label={t("choice")} rules={[required]}>
              <Select
                options={options(open.filter((f) => f.type.kind === "choice"))}
                onChange={() => form.setFieldValue("values", [])}
              />
            </Form.Item>
            <Form.Item name="values" label={t("values")} rules={[required]}>
              <Select
                mode="multiple"
                options={(chosen?.type.options ?? []).map((o) => ({ value: o.value, label: label(o.label) }))}
              />
            </Form.Item>
          </div>
        )}
        {trigger === "due" && (
          <div className="form-grid">
            <Form.Item name="field" label={t("date")} rules={[required]}>
              <Select options={options(open.filter((f) => f.type.kind === "date"))} />
            </Form.Item>
            <Space align="end">
              <Form.Item name="days" label={t("days")} rules={[required]}>
                <InputNumber min={0} max={3650} precision={0} />
              </Form.Item>
              <Form.Item name="side" label={t("side")}>
                <Select options={(["before", "after"] as const).map((s) => ({ value: s, label: t(`sides.${s}`) }))} />
              </Form.Item>
            </Space>
          </div>
        )}
        <Form.Item name="only" label={t("only")} extra={t("onlyHelp")}>
          <ConditionField
            key={name}
            fields={openFields(object)}
            title={t("only")}
            none={t("always")}
            disabled={!object}
          />
        </Form.Item>
        {only && name && <Trial object={name} only={only} />}
        <Form.List name="effects">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name: at }) => (
                <fieldset key={key} className="automations-effect">
                  <legend>{t("effectOf", { n: at + 1 })}</legend>
                  <EffectInput at={at} object={object} byDate={trigger === "due"} />
                  {rows.length > 1 && (
                    <Button size="small" danger onClick={() => remove(at)}>
                      {t("removeEffect", { n: at + 1 })}
                    </Button>
                  )}
                </fieldset>
              ))}
              <Button onClick={() => add(NEW_EFFECT)} disabled={rows.length >= 10}>
                {t("addEffect")}
              </Button>
            </>
          )}
        </Form.List>
        <p className="muted">{t("rights")}</p>
        <Space className="form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t("save")}
          </Button>
          <Button onClick={close}>{t("common:cancel")}</Button>
        </Space>
      </Form>
    </Drawer>
  );
}

/** One effect. */
function EffectInput({ at, object, byDate }: { at: number; object: ObjectDefinition | undefined; byDate: boolean }) {
  const { t } = useTranslation("automations");
  const label = useLabel();
  const objects = useObjects();
  const { list } = useColleagues();
  const { workspace } = useMe();
  const hooks = useHooks();
  const form = Form.useFormInstance<Fields>();
  const kind = Form.useWatch(["effects", at, "kind"], form);
  const field = Form.useWatch(["effects", at, "field"], form);
  const given = Form.useWatch(["effects", at, "given"], form) ?? "value";
  const required = { required: true, message: t("need") };
  // What the house keeps or works out, and what points to a record, no rule sets.
  type Def = ObjectDefinition["fields"][number] & { kept?: boolean; formula?: string; unique?: boolean };
  const settable = ((object?.fields ?? []) as Def[]).filter(
    (f) => !f.kept && !f.formula && !f.unique && f.type.kind !== "reference",
  );
  const def = settable.find((f) => f.name === field);
  const fits = GIVEN.filter((g) => {
    if (g === "today") return def?.type.kind === "date" || def?.type.kind === "date_time";
    if (g === "actor") return def?.type.kind === "user" && !byDate;
    return true;
  });
  return (
    <>
      <Form.Item name={[at, "kind"]} label={t("do")}>
        <Radio.Group options={EFFECTS.map((k) => ({ value: k, label: t(`effect.${k}`) }))} />
      </Form.Item>
      {kind === "set" && (
        <div className="form-grid">
          <Form.Item name={[at, "field"]} label={t("field")} rules={[required]}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={settable.map((f) => ({ value: f.name, label: label(f.label) }))}
              onChange={() => {
                form.setFieldValue(["effects", at, "given"], "value");
                form.setFieldValue(["effects", at, "value"], null);
              }}
            />
          </Form.Item>
          <Form.Item name={[at, "given"]} label={t("to")} rules={[required]}>
            <Select options={fits.map((g) => ({ value: g, label: t(`given.${g}`) }))} />
          </Form.Item>
          {given === "value" && def && (
            <Form.Item name={[at, "value"]} label={t("value")} rules={[required]}>
              <FieldInput field={def as unknown as FieldForm} />
            </Form.Item>
          )}
          {given === "today" && (
            <Form.Item name={[at, "days"]} label={t("later")}>
              <InputNumber min={-3650} max={3650} precision={0} />
            </Form.Item>
          )}
        </div>
      )}
      {kind === "task" && (
        <div className="form-grid">
          <Form.Item name={[at, "title"]} label={t("taskTitle")} rules={[{ ...required, whitespace: true }]}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name={[at, "object"]} label={t("taskOf")} rules={[required]}>
            <Select
              options={objects
                .filter((o) => (o.process as { done?: unknown } | undefined)?.done !== undefined)
                .map((o) => ({ value: o.name, label: label(o.label) }))}
            />
          </Form.Item>
          <Form.Item name={[at, "owner"]} label={t("owner")} rules={[required]}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={[
                ...(["owner", "manager", "actor"] as const).map((w) => ({ value: w as string, label: t(`who.${w}`) })),
                ...list.map((c) => ({ value: `user:${c.id}`, label: c.name })),
              ]}
            />
          </Form.Item>
          <Form.Item name={[at, "dueIn"]} label={t("dueIn")} rules={[required]}>
            <InputNumber min={0} max={3650} precision={0} />
          </Form.Item>
        </div>
      )}
      {kind === "notify" && (
        <div className="form-grid">
          <Form.Item name={[at, "receivers"]} label={t("receivers")} extra={t("receiversHelp")} rules={[required]}>
            <Select
              mode="multiple"
              maxCount={20}
              showSearch={{ optionFilterProp: "label" }}
              options={[
                ...(["owner", "manager"] as const).map((w) => ({ value: w as string, label: t(`who.${w}`) })),
                ...workspace.roles.map((r) => ({
                  value: `role:${r.name}`,
                  label: t("role", { name: label(r.label) }),
                })),
                ...list.map((c) => ({ value: `user:${c.id}`, label: c.name })),
              ]}
            />
          </Form.Item>
          <Form.Item
            name={[at, "zh"]}
            label={t("textZh")}
            extra={t("textHelp")}
            rules={[{ ...required, whitespace: true }]}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name={[at, "en"]} label={t("textEn")} rules={[{ ...required, whitespace: true }]}>
            <Input maxLength={200} />
          </Form.Item>
        </div>
      )}
      {kind === "webhook" && (
        <Form.Item name={[at, "hook"]} label={t("effect.webhook")} extra={t("hookHelp")} rules={[required]}>
          <Select
            placeholder={t("hooks.none")}
            options={(hooks.data?.hooks ?? []).map((h) => ({ value: h.name, label: label(h.label) }))}
          />
        </Form.Item>
      )}
    </>
  );
}
