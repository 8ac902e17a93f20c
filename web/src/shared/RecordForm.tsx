// A form made from an object type's fields. It sends only what was changed, shows each error at its field, and does not let
// what was typed go without asking.

import { Button, Form, Space } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import type { FieldForm, FieldValue, LayoutForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { LockIcon } from "@/shared/icons";
import { FieldInput } from "./fields/FieldInput";
import { FieldText } from "./fields/FieldText";
import { useFieldReason } from "./fields/reason";
import { hasFiles } from "./fields/related";
import { LaidOut } from "./LaidOut";
import { arrange } from "./layout";
import { ProblemAlert } from "./ProblemView";
import { broken, isRequired, type Rules } from "./rules";
import type { Unsaved } from "./useUnsaved";

export type Values = Record<string, FieldValue>;

const same = (a: FieldValue | undefined, b: FieldValue | undefined) =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The fields whose value differs from what was there. */
export function changed(before: Values, now: Values): Values {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => !same(before[name], value)));
}

export type RecordFormProps = {
  fields: FieldForm[];
  /** How they are laid out; in their order without one. */
  layout?: LayoutForm | undefined;
  /** What is required under a condition, and what must hold: asked while it is typed. */
  rules?: Rules;
  /** What is there before. */
  initial: Values;
  /** What stands in the form at the beginning beside what is there, and is sent with it. */
  draft?: Values;
  /** Names of the fields that can be changed; the others are shown locked. */
  editable: (name: string) => boolean;
  masked?: readonly string[];
  customer?: string;
  submitLabel: string;
  /** Sends the changes; a thrown problem is shown. */
  onSubmit: (changes: Values) => Promise<void>;
  onCancel: () => void;
  unsaved: Unsaved;
  extra?: ReactNode;
  /** How a field of files is shown; without it none is. */
  files?: (field: FieldForm) => ReactNode;
  /** A field was left: what stands in the form now. */
  onLeave?: (values: Values) => void;
  /** What may be done about a problem, beside it; `again` sends the form once more. */
  remedy?: (problem: ProblemError, again: () => void) => ReactNode;
};

export function RecordForm(props: RecordFormProps) {
  const { t } = useTranslation(["common", "records"]);
  const label = useLabel();
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const start = useMemo(() => ({ ...props.initial, ...props.draft }), [props.initial, props.draft]);
  const { setDirty } = props.unsaved;
  // What stands in the form now: fields may be shown by what others hold.
  const [now, setNow] = useState<Values>(start);
  const reason = useFieldReason();

  const submit = async () => {
    const values = form.getFieldsValue(true) as Values;
    const open = Object.fromEntries(Object.entries(values).filter(([name]) => props.editable(name)));
    setBusy(true);
    setProblem(undefined);
    try {
      // Saving may lead to another page.
      props.unsaved.release(true);
      await props.onSubmit(changed(props.initial, open));
    } catch (error) {
      props.unsaved.release(false);
      const failed = asProblem(error);
      setProblem(failed);
      const told = props.fields.filter((f) => failed.forField(f.name));
      form.setFields(
        told.map((f) => ({
          name: f.name,
          errors: [reason(failed, f.name) ?? ""],
        })),
      );
      const [first] = told;
      if (first) form.scrollToField(first.name);
    } finally {
      setBusy(false);
    }
  };
  const input = (field: FieldForm) => {
    const wide = ["long_text", "address", "attachment"].includes(field.type.kind);
    if (hasFiles(field)) {
      if (props.files === undefined) return null;
      return (
        <Form.Item key={field.name} className="form-wide" label={label(field.label)} required={field.required}>
          {props.files(field)}
        </Form.Item>
      );
    }
    if (!props.editable(field.name)) {
      return (
        <div key={field.name} className={wide ? "form-wide form-locked" : "form-locked"}>
          <span className="form-locked-label">
            {label(field.label)} <LockIcon />
          </span>
          <FieldText
            field={field}
            value={props.initial[field.name]}
            masked={props.masked?.includes(field.name) ?? false}
          />
          <span className="muted form-locked-why">
            {props.masked?.includes(field.name) ? t("records:lockedMasked") : t("records:locked")}
          </span>
        </div>
      );
    }
    const needed = field.required || isRequired(props.rules, field.name, now);
    const [wrong] = broken(props.rules, field.name, props.initial, now);
    return (
      <Form.Item
        key={field.name}
        className={wide ? "form-wide" : ""}
        name={field.name}
        label={label(field.label)}
        rules={[
          ...(needed ? [{ required: true, message: t("records:required") }] : []),
          ...(wrong ? [{ validator: () => Promise.reject(new Error(label(wrong.message))) }] : []),
        ]}
        {...(wrong ? { validateStatus: "error" as const, help: label(wrong.message) } : {})}
      >
        <FieldInput field={field} customer={field.type.object === "customer" ? undefined : props.customer} />
      </Form.Item>
    );
  };
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={start}
      onValuesChange={(_, entered: Values) => {
        setNow({ ...start, ...entered });
        setDirty(Object.keys(changed(start, entered)).length > 0);
      }}
      onFinish={() => void submit()}
      onBlur={() => props.onLeave?.(form.getFieldsValue(true) as Values)}
      disabled={busy}
      scrollToFirstError
    >
      {problem && (
        <ProblemAlert problem={problem} style={{ marginBottom: 16 }}>
          {props.remedy?.(problem, () => void submit())}
        </ProblemAlert>
      )}
      {props.extra}
      <LaidOut tabs={arrange(props.fields, props.layout, now)} render={input} />
      <Space className="form-foot">
        <Button type="primary" htmlType="submit" loading={busy}>
          {props.submitLabel}
        </Button>
        <Button onClick={props.onCancel}>{t("cancel")}</Button>
      </Space>
    </Form>
  );
}
