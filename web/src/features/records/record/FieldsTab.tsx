// A record's fields by the sections of its layout, or by class without one; masked ones with a way to see them, each locked one with why.

import { Button, Segmented, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldForm, FieldValue, ObjectForm, RecordView } from "@/api/types";
import { FieldFiles } from "@/features/attachments/FieldFiles";
import { useLabel } from "@/i18n";
import { FieldText, Person } from "@/shared/fields/FieldText";
import { useDepartmentName } from "@/shared/fields/people";
import { RecordField } from "@/shared/fields/RecordField";
import { hasFiles, isLookedUp } from "@/shared/fields/related";
import { formatTime } from "@/shared/format";
import { EyeIcon, LockIcon } from "@/shared/icons";
import { arrange } from "@/shared/layout";
import { useBeforePrint } from "@/shared/useBeforePrint";
import { RevealDialog } from "./RevealDialog";

const CLASSES = ["personal", "sensitive", "internal", "open"] as const;

export function FieldsTab({ object, record }: { object: ObjectForm; record: RecordView }) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const department = useDepartmentName();
  const [asking, setAsking] = useState<FieldForm>();
  // Values in the clear live as long as this page and nowhere else.
  const [clear, setClear] = useState<Record<string, FieldValue>>({});
  // What was shown for a reason is masked again on paper: the reason was given for a look.
  useBeforePrint(() => setClear({}));
  const mayReveal = object.actions.includes("reveal");
  const mayEdit = object.actions.includes("edit");
  const [tab, setTab] = useState(0);
  // What the house keeps is shown once there is something.
  const fields = object.fields.filter(
    (f) => isLookedUp(f) || hasFiles(f) || (f.name in record.fields && !(f.kept && record.fields[f.name] === null)),
  );
  // A masked value decides nothing: to show or not to show would tell what it is.
  const known = Object.fromEntries(Object.entries(record.fields).filter(([name]) => !record.masked.includes(name)));
  const tabs = object.layout ? arrange(fields, object.layout, known as Record<string, FieldValue>) : [];
  const sections = tabs[Math.min(tab, tabs.length - 1)]?.sections;
  const groups = sections
    ? sections.map((s, n) => ({
        name: String(n),
        title: s.label ? label(s.label) : t("record.more"),
        fields: s.fields,
      }))
    : CLASSES.map((name) => ({
        name,
        title: t(`record.classes.${name}`),
        fields: fields.filter((f) => f.class === name),
      }));

  const value = (field: FieldForm) => {
    if (hasFiles(field)) return <FieldFiles object={object.name} id={record.id} field={field} />;
    if (isLookedUp(field)) return <RecordField object={object} field={field} record={record} long />;
    const masked = record.masked.includes(field.name) && !(field.name in clear);
    const shown = field.name in clear ? clear[field.name] : (record.fields[field.name] as FieldValue);
    const locked = mayEdit && !field.kept && !record.editable.includes(field.name);
    return (
      <>
        <FieldText field={field} value={shown} masked={masked} long />
        {masked && mayReveal && shown !== null && (
          <Button size="small" type="link" icon={<EyeIcon />} onClick={() => setAsking(field)}>
            {t("record.reveal")}
          </Button>
        )}
        {locked && !masked && (
          <Tooltip title={t("locked")}>
            <Button size="small" type="text" icon={<LockIcon />} aria-label={t("locked")} className="lock" />
          </Tooltip>
        )}
      </>
    );
  };

  return (
    <div className="fields">
      {tabs.length > 1 && (
        <Segmented
          className="fields-tabs"
          value={tab}
          onChange={setTab}
          options={tabs.map((part, n) => ({ value: n, label: part.label ? label(part.label) : t("record.more") }))}
        />
      )}
      {groups
        .filter((g) => g.fields.length > 0)
        .map((group) => (
          <section key={group.name} className="panel fields-group" aria-labelledby={`class-${group.name}`}>
            <h2 id={`class-${group.name}`}>{group.title}</h2>
            <dl>
              {group.fields.map((field) => (
                <div
                  key={field.name}
                  className={field.type.kind === "long_text" || hasFiles(field) ? "fields-wide" : ""}
                >
                  <dt>{label(field.label)}</dt>
                  <dd>{value(field)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      <section className="panel fields-group">
        <dl>
          <div>
            <dt>{t("owner")}</dt>
            <dd>{record.pool ? t("pool") : <Person id={record.owner} />}</dd>
          </div>
          <div>
            <dt>{t("department")}</dt>
            <dd>{(record.department && department(record.department)) || "—"}</dd>
          </div>
          <div>
            <dt>{t("createdAt")}</dt>
            <dd>{formatTime(record.created_at)}</dd>
          </div>
          <div>
            <dt>{t("updatedAt")}</dt>
            <dd>{formatTime(record.updated_at)}</dd>
          </div>
        </dl>
      </section>
      {asking && (
        <RevealDialog
          object={object.name}
          id={record.id}
          field={asking}
          onClose={() => setAsking(undefined)}
          onShown={(shown) => {
            setClear({ ...clear, [asking.name]: shown });
            setAsking(undefined);
          }}
        />
      )}
    </div>
  );
}
