// A record becomes records of other types, in one act. The forms begin with what the record shows of itself: what is masked
// here is not carried over, but typed by who knows it.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Drawer, Form, Select, Space } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { FieldForm, FieldValue, ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FieldInput } from "@/shared/fields/FieldInput";
import { RecordPicker } from "@/shared/fields/RecordPicker";
import { useItemText } from "@/shared/fields/reason";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import "./process.css";

type Values = Record<string, FieldValue>;
type How = "make" | "existing" | "skip";
type Part = { form: ObjectForm; always: boolean; offer: Record<string, string> };
type Answers = Record<string, Values | undefined>;

/** The fields that a part's form asks for: what must be there, and what is offered. */
function asked(part: Part): FieldForm[] {
  const { pipeline } = part.form.process;
  const wanted = new Set([...Object.keys(part.offer), ...(pipeline ? [pipeline.closes, pipeline.amount] : [])]);
  return part.form.fields.filter(
    (f) => f.level === "editable" && f.name !== part.form.customer_field && (f.required || wanted.has(f.name)),
  );
}

export function ConvertDrawer({
  object,
  record,
  onClose,
}: {
  object: ObjectForm;
  record: RecordView;
  onClose: () => void;
}) {
  const { t } = useTranslation(["process", "common", "records"]);
  const label = useLabel();
  const itemText = useItemText();
  const { message } = App.useApp();
  const { workspace } = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const unsaved = useUnsaved();
  const [form] = Form.useForm<Answers>();
  const [how, setHow] = useState<Record<string, How>>({});
  const [existing, setExisting] = useState<string | null>(null);
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);

  const parts: Part[] = useMemo(
    () =>
      (object.process.convert?.into ?? []).flatMap((b) => {
        const other = workspace.objects.find((o) => o.name === b.object);
        return other?.actions.includes("create") ? [{ form: other, always: b.always, offer: b.offer }] : [];
      }),
    [object, workspace],
  );
  const start: Answers = useMemo(() => {
    const shown = (name: string) => {
      const value = record.fields[name] as FieldValue | undefined;
      return record.masked.includes(name) ? null : (value ?? null);
    };
    return Object.fromEntries(
      parts.map((part) => {
        const values: Values = {};
        for (const [to, from] of Object.entries(part.offer)) values[to] = shown(from);
        const { pipeline } = part.form.process;
        const first = pipeline?.stages[0];
        if (pipeline && first) values[pipeline.stage] = first.value;
        // A company may be a person: what has no other name has the record's own.
        const title = part.form.title_field;
        if (title && !values[title] && object.title_field) values[title] = shown(object.title_field);
        return [part.form.name, values];
      }),
    );
  }, [parts, record, object]);
  const [home] = parts;
  const modeOf = (part: Part): How => how[part.form.name] ?? "make";

  const send = async (despite: boolean) => {
    const answers = form.getFieldsValue(true) as Answers;
    const make = parts
      .filter((part) => modeOf(part) === "make")
      .map((part) => ({
        object: part.form.name,
        fields: Object.fromEntries(
          Object.entries(answers[part.form.name] ?? {}).filter(([, value]) => value !== null && value !== undefined),
        ),
      }));
    setBusy(true);
    setProblem(undefined);
    try {
      unsaved.release(true);
      const instead = home && modeOf(home) === "existing" ? existing : null;
      const done = await data(
        api.POST("/api/v1/records/{object}/{id}/convert", {
          params: { path: { object: object.name, id: record.id }, header: { "If-Match": `"${record.version}"` } },
          body: { make, ...(instead ? { existing: instead } : {}), despite_duplicates: despite },
        }),
      );
      void message.success(t("convert.done"));
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["record", object.name, record.id] }),
        ...[object.name, ...make.map((m) => m.object)].map((name) =>
          queries.invalidateQueries({ queryKey: ["list", name] }),
        ),
      ]);
      const [first] = done.made;
      const to = instead && home ? { object: home.form.name, id: instead } : first;
      onClose();
      if (to) await navigate({ to: "/records/$object/$id", params: { object: to.object, id: to.id }, search: {} });
    } catch (error) {
      unsaved.release(false);
      const failed = asProblem(error);
      setProblem(failed);
      const told = failed.errors.flatMap((e) => {
        const [, part, field] = e.pointer.split("/");
        return part && field ? [{ name: [part, field], errors: [itemText(e)] }] : [];
      });
      form.setFields(told as never);
    } finally {
      setBusy(false);
    }
  };
  const close = () => void unsaved.close(onClose);

  return (
    <Drawer
      open
      onClose={close}
      title={t("convert.title", { object: label(object.label) })}
      size="min(680px, 100vw)"
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
        onFinish={() => void send(false)}
      >
        <p className="muted">{t("convert.text", { object: label(object.label) })}</p>
        {problem && (
          <ProblemAlert problem={problem} style={{ marginBottom: 16 }}>
            {problem.code === "possible_duplicate" && (
              <Button size="small" onClick={() => void send(true)}>
                {t("convert.duplicate")}
              </Button>
            )}
          </ProblemAlert>
        )}
        {parts.map((part, at) => {
          const mode = modeOf(part);
          const name = { object: label(part.form.label) };
          const choices = [
            { value: "make" as const, label: t("convert.make", name) },
            ...(at === 0 ? [{ value: "existing" as const, label: t("convert.existing", name) }] : []),
            ...(part.always ? [] : [{ value: "skip" as const, label: t("convert.skip", name) }]),
          ];
          return (
            <section key={part.form.name} className="convert-part" aria-labelledby={`convert-${part.form.name}`}>
              <div className="page-head">
                <h3 id={`convert-${part.form.name}`}>{name.object}</h3>
                <div className="grow" />
                {choices.length > 1 && (
                  <Select<How>
                    aria-labelledby={`convert-${part.form.name}`}
                    value={mode}
                    options={choices}
                    popupMatchSelectWidth={false}
                    onChange={(next) => setHow({ ...how, [part.form.name]: next })}
                  />
                )}
              </div>
              {mode === "existing" && (
                <Form.Item label={t("convert.choose")} required>
                  <RecordPicker object={part.form.name} value={existing} onChange={(id) => setExisting(id as string)} />
                </Form.Item>
              )}
              {mode === "make" && (
                <div className="form-grid">
                  {asked(part).map((field) => (
                    <Form.Item
                      key={field.name}
                      className={field.type.kind === "long_text" ? "form-wide" : ""}
                      name={[part.form.name, field.name]}
                      label={label(field.label)}
                      rules={field.required ? [{ required: true, message: t("records:required") }] : []}
                    >
                      <FieldInput field={field} />
                    </Form.Item>
                  ))}
                </div>
              )}
            </section>
          );
        })}
        <Space className="form-foot">
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            disabled={home === undefined || (modeOf(home) === "existing" && !existing)}
          >
            {t("convert.act")}
          </Button>
          <Button onClick={close}>{t("common:cancel")}</Button>
        </Space>
      </Form>
    </Drawer>
  );
}
