import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Checkbox, Drawer, Form } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { FieldForm, ObjectForm } from "@/api/types";
import { carry } from "@/features/attachments/carried";
import { FilePick } from "@/features/attachments/FilePick";
import { useDuplicates } from "@/features/duplicates/useDuplicates";
import { useLabel } from "@/i18n";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { RecordForm, type Values } from "@/shared/RecordForm";
import { useUnsaved } from "@/shared/useUnsaved";

type Props = {
  object: ObjectForm;
  /** Values that stand in the form at the beginning. */
  values?: Values;
  onClose: () => void;
  /** Stay where one is, instead of opening the new record. */
  stay?: boolean;
  /** Who is to own it; the person themselves if left out. */
  owner?: string | null;
  /** Let the person say who is to own it. */
  chooseOwner?: boolean;
};

export function CreateDrawer({ object, values, onClose, stay = false, owner, chooseOwner = false }: Props) {
  const { t } = useTranslation(["records", "common"]);
  const label = useLabel();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const unsaved = useUnsaved();
  const [pool, setPool] = useState(false);
  const [chosen, setChosen] = useState<string | null | undefined>(owner);
  // They are sent from the page of the record, once it is there.
  const [files, setFiles] = useState<Record<string, File[]>>({});
  // The same attempt sent twice makes one record.
  const key = useRef(crypto.randomUUID());
  const duplicates = useDuplicates(object);
  const fields = object.fields.filter((f) => f.level === "editable");

  const close = () => void unsaved.close(onClose);
  const submit = async (changes: Values) => {
    const all = { ...values, ...changes };
    const whose = pool ? { pool: true } : chosen ? { owner: chosen } : {};
    const body = { fields: all, ...whose, ...duplicates.decision() };
    const made = await data(
      api.POST("/api/v1/records/{object}", {
        params: { path: { object: object.name }, header: { "Idempotency-Key": key.current } },
        body,
      }),
    ).catch((error: unknown) => {
      // Another request than the one the key was used for gets a key of its own.
      key.current = crypto.randomUUID();
      throw error;
    });
    void message.success(t("edit.created"));
    await queries.invalidateQueries({ queryKey: ["list", object.name] });
    carry(object.name, made.id, files);
    const sends = Object.values(files).some((chosen) => chosen.length > 0);
    if (stay && !sends) onClose();
    else await navigate({ to: "/records/$object/$id", params: { object: object.name, id: made.id }, search: {} });
  };
  return (
    <Drawer
      open
      onClose={close}
      title={t("edit.createTitle", { object: label(object.label) })}
      size="min(640px, 100vw)"
      destroyOnHidden
      maskClosable={false}
    >
      <RecordForm
        fields={fields}
        layout={object.layout}
        rules={object}
        initial={{}}
        {...(values ? { draft: values } : {})}
        editable={() => true}
        {...(typeof values?.customer === "string" ? { customer: values.customer } : {})}
        submitLabel={t("common:save")}
        onSubmit={submit}
        onCancel={close}
        unsaved={unsaved}
        onLeave={duplicates.look}
        {...(object.actions.includes("attach")
          ? {
              files: (field: FieldForm) => (
                <FilePick
                  field={field}
                  label={label(field.label)}
                  files={files[field.name] ?? []}
                  onChange={(chosen) => {
                    unsaved.setDirty(true);
                    setFiles({ ...files, [field.name]: chosen });
                  }}
                />
              ),
            }
          : {})}
        remedy={duplicates.anyway}
        extra={
          <>
            {chooseOwner && (
              <Form.Item label={t("owner")}>
                <UserPicker aria-label={t("owner")} value={chosen ?? null} onChange={setChosen} />
              </Form.Item>
            )}
            {duplicates.hint}
            {object.has_pool && (
              <Checkbox checked={pool} onChange={(e) => setPool(e.target.checked)} style={{ marginBottom: 16 }}>
                {t("edit.toPool")}
              </Checkbox>
            )}
          </>
        }
      />
    </Drawer>
  );
}
