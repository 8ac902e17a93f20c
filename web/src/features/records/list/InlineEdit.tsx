// One field changed where the table shows it. Enter saves, Escape gives up; what is wrong stands beside the cell, and what
// somebody else changed meanwhile is shown before anything is overwritten.

import { App, Button, Popover, Space } from "antd";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { FieldForm, FieldValue, ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldInput } from "@/shared/fields/FieldInput";
import { useFieldReason } from "@/shared/fields/reason";
import { ProblemAlert } from "@/shared/ProblemView";
import { changed, type Values } from "@/shared/RecordForm";
import { useUnsaved } from "@/shared/useUnsaved";
import { ConflictDialog } from "../edit/ConflictDialog";
import { useRefreshRow } from "./useList";

/** Personal and sensitive fields lie sealed under the customer's key: they are changed in the form, with all that stands around them. */
export function mayEditInline(object: ObjectForm, row: RecordView, name: string): boolean {
  const field = object.fields.find((f) => f.name === name);
  if (field === undefined || field.kept || field.class === "personal" || field.class === "sensitive") return false;
  return name in row.fields && row.editable.includes(name) && !row.masked.includes(name);
}

type Props = {
  object: ObjectForm;
  name: string;
  row: RecordView;
  /** Of the list: what is asked for anew once it is saved. */
  columns: readonly string[];
  onClose: () => void;
  /** What the cell shows. */
  children: ReactNode;
};

export function InlineEdit({ children, ...props }: Props) {
  const field = props.object.fields.find((f) => f.name === props.name);
  const [dirty, setDirty] = useState(false);
  if (field === undefined) return children;
  return (
    <Popover
      open
      trigger="click"
      placement="bottomLeft"
      // A press elsewhere gives up only what was not touched.
      onOpenChange={(open) => !open && !dirty && props.onClose()}
      content={<Editor {...props} field={field} onDirty={setDirty} />}
    >
      <span className="inline-shown">{children}</span>
    </Popover>
  );
}

type EditorProps = Omit<Props, "children"> & { field: FieldForm; onDirty: (dirty: boolean) => void };

function Editor({ object, row, field, columns, onClose, onDirty }: EditorProps) {
  const { t } = useTranslation(["records", "common"]);
  const label = useLabel();
  const { message } = App.useApp();
  const unsaved = useUnsaved();
  const reason = useFieldReason();
  const refresh = useRefreshRow(object, columns);
  const before = row.fields[field.name] as FieldValue;
  const [value, setValue] = useState<FieldValue>(before);
  const [problem, setProblem] = useState<ProblemError>();
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [theirs, setTheirs] = useState<RecordView>();
  const box = useRef<HTMLFormElement>(null);
  const name = label(field.label);
  const initial: Values = { [field.name]: before };
  const mine: Values = { [field.name]: value };
  useEffect(() => box.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);

  const change = (next: FieldValue) => {
    const dirty = Object.keys(changed(initial, { [field.name]: next })).length > 0;
    setValue(next);
    setMissing(false);
    setProblem(undefined);
    unsaved.setDirty(dirty);
    onDirty(dirty);
  };
  const done = () => {
    unsaved.release(true);
    onClose();
  };
  const path = { object: object.name, id: row.id };
  const send = async (version: number, fields: Values) => {
    await api.PATCH("/api/v1/records/{object}/{id}", {
      params: { path, header: { "If-Match": `"${version}"` } },
      body: { fields },
    });
    void message.success(t("edit.saved"));
    done();
    await refresh(row.id);
  };
  /** The field as it is now, and no other. */
  const showTheirs = async (failed: ProblemError) => {
    const found = await data(
      api.POST("/api/v1/records/{object}/lookup", {
        params: { path: { object: object.name } },
        body: { ids: [row.id], fields: [field.name] },
      }),
    );
    if (found.items[0] === undefined) throw failed;
    setTheirs(found.items[0]);
  };
  const attempt = async (version: number, fields: Values) => {
    try {
      await send(version, fields);
    } catch (error) {
      const failed = asProblem(error);
      if (failed.code !== "version_conflict") throw failed;
      await showTheirs(failed);
    }
  };
  const save = async () => {
    if (Object.keys(changed(initial, mine)).length === 0) return done();
    if (field.required && value === null) return setMissing(true);
    setBusy(true);
    setProblem(undefined);
    try {
      await attempt(row.version, mine);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    void save();
  };
  const wrong = missing ? t("required") : problem && reason(problem, field.name);
  return (
    <div role="dialog" aria-label={t("inline.title", { field: name })}>
      <form
        ref={box}
        className="inline-edit"
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          done();
        }}
      >
        <FieldInput
          field={field}
          aria-label={name}
          value={value}
          onChange={change}
          disabled={busy}
          customer={field.type.object === "customer" ? undefined : row.customer}
        />
        {wrong && (
          <div className="inline-wrong" role="alert">
            {wrong}
          </div>
        )}
        {problem && !wrong && <ProblemAlert problem={problem} />}
        <Space>
          <Button size="small" type="primary" htmlType="submit" loading={busy}>
            {t("common:save")}
          </Button>
          <Button size="small" onClick={done}>
            {t("common:cancel")}
          </Button>
        </Space>
      </form>
      {theirs && (
        <ConflictDialog
          object={object}
          before={initial}
          theirs={theirs}
          mine={mine}
          onCancel={() => setTheirs(undefined)}
          onResolve={async (chosen) => {
            if (Object.keys(chosen).length > 0) return attempt(theirs.version, chosen);
            done();
            await refresh(row.id);
          }}
        />
      )}
    </div>
  );
}
