// Change a record. What somebody else changed meanwhile is shown field by field, and nothing is overwritten unseen.

import { Alert, App, Drawer } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { FieldValue, ObjectForm, RecordView } from "@/api/types";
import { FieldFiles } from "@/features/attachments/FieldFiles";
import { useDuplicates } from "@/features/duplicates/useDuplicates";
import { guards, standing } from "@/features/requests/approval";
import { useLabel } from "@/i18n";
import { hasFiles } from "@/shared/fields/related";
import { changed, RecordForm, type Values } from "@/shared/RecordForm";
import { useUnsaved } from "@/shared/useUnsaved";
import { ConflictDialog } from "./ConflictDialog";

type Conflict = { theirs: RecordView; mine: Values };

export function EditDrawer({
  object,
  record,
  onClose,
  onSaved,
}: {
  object: ObjectForm;
  record: RecordView;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { t } = useTranslation(["records", "common", "requests"]);
  const label = useLabel();
  const { message, modal } = App.useApp();
  const unsaved = useUnsaved();
  const [conflict, setConflict] = useState<Conflict>();
  const initial = useMemo(() => ({ ...(record.fields as Values) }), [record]);
  const path = { object: object.name, id: record.id };
  const duplicates = useDuplicates(object, record.id);

  const send = async (version: number, fields: Values) => {
    await api.PATCH("/api/v1/records/{object}/{id}", {
      params: { path, header: { "If-Match": `"${version}"` } },
      body: { fields, ...duplicates.decision() },
    });
    void message.success(t("edit.saved"));
    onSaved();
  };
  const at = standing(object, record);
  const waits = at === "waiting";
  const unmakes = (changes: Values) => at === "approved" && Object.keys(changes).some((name) => guards(object, name));
  const agreed = () =>
    new Promise<boolean>((answer) => {
      modal.confirm({
        title: t("requests:approval.unmakes"),
        content: t("requests:approval.unmakesText"),
        okText: t("requests:approval.unmake"),
        onOk: () => answer(true),
        onCancel: () => answer(false),
      });
    });
  const submit = async (changes: Values) => {
    if (unmakes(changes) && !(await agreed())) {
      unsaved.release(false);
      return;
    }
    if (Object.keys(changes).length === 0) {
      void message.info(t("edit.nothing"));
      onClose();
      return;
    }
    try {
      await send(record.version, changes);
    } catch (error) {
      if (asProblem(error).code !== "version_conflict") throw error;
      const theirs = await data(api.GET("/api/v1/records/{object}/{id}", { params: { path } }));
      setConflict({ theirs: theirs as RecordView, mine: changes });
    }
  };
  const close = () => void unsaved.close(onClose);
  return (
    <Drawer
      open
      onClose={close}
      title={t("edit.editTitle", { object: label(object.label) })}
      size="min(640px, 100vw)"
      destroyOnHidden
      maskClosable={false}
    >
      <RecordForm
        fields={object.fields.filter((f) => hasFiles(f) || (f.name in record.fields && !f.kept))}
        layout={object.layout}
        rules={object}
        initial={initial}
        editable={(name) => record.editable.includes(name) && !(waits && guards(object, name))}
        extra={
          <>
            {waits && (
              <Alert type="warning" showIcon title={t("requests:approval.editLocked")} style={{ marginBottom: 16 }} />
            )}
            {duplicates.hint}
          </>
        }
        masked={record.masked}
        customer={record.customer}
        submitLabel={t("common:save")}
        onSubmit={submit}
        onCancel={close}
        unsaved={unsaved}
        files={(field) => <FieldFiles object={object.name} id={record.id} field={field} />}
        onLeave={(values) => duplicates.look(changed(initial, values))}
        remedy={duplicates.anyway}
      />
      {conflict && (
        <ConflictDialog
          object={object}
          before={initial as Record<string, FieldValue>}
          theirs={conflict.theirs}
          mine={conflict.mine}
          onCancel={() => setConflict(undefined)}
          onResolve={async (chosen) => {
            if (Object.keys(chosen).length === 0) {
              onSaved();
              return;
            }
            try {
              await send(conflict.theirs.version, chosen);
            } catch (error) {
              if (asProblem(error).code !== "version_conflict") throw error;
              // Changed once more while the dialog stood open.
              const theirs = await data(api.GET("/api/v1/records/{object}/{id}", { params: { path } }));
              setConflict({ theirs: theirs as RecordView, mine: conflict.mine });
            }
          }}
        />
      )}
    </Drawer>
  );
}
