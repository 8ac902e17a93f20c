// A field of a record, wherever it lies: in the record itself, in one that it names, or worked out over those that name it.

import { useTranslation } from "react-i18next";
import type { FieldForm, FieldValue, ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatNumber } from "../format";
import { FieldText } from "./FieldText";
import { useLookedUp, useRolledUp } from "./related";

type Props = { object: ObjectForm; field: FieldForm; record: RecordView; long?: boolean };

export function RecordField({ object, field, record, long = false }: Props) {
  if (field.type.kind === "lookup") return <LookedUp object={object} field={field} record={record} />;
  if (field.type.kind === "roll_up") return <RolledUp field={field} record={record} long={long} />;
  return (
    <FieldText
      field={field}
      value={record.fields[field.name] as FieldValue}
      masked={record.masked.includes(field.name)}
      long={long}
    />
  );
}

function LookedUp({ object, field, record }: Omit<Props, "long">) {
  const { t } = useTranslation(["records", "common"]);
  const found = useLookedUp(object, field, record);
  if (found.kind === "loading") return <span className="muted">…</span>;
  if (found.kind === "failed") return <span className="muted">{t("lookedUpFailed")}</span>;
  if (found.kind === "unknown") return <span className="muted">{t("notToBeKnown")}</span>;
  if (found.kind === "none") return <span className="muted">—</span>;
  return <FieldText field={found.field} value={found.value as FieldValue} masked={found.masked} />;
}

function RolledUp({ field, record, long }: Omit<Props, "object">) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const { workspace } = useMe();
  const found = useRolledUp(field, record);
  if (found.kind === "loading") return <span className="muted">…</span>;
  if (found.kind === "failed") return <span className="muted">{t("lookedUpFailed")}</span>;
  const over = workspace.objects.find((o) => o.name === field.type.object);
  const summed = over?.fields.find((f) => f.name === field.type.value?.field)?.type;
  const text = found.value === null ? "—" : formatNumber(found.value, summed?.scale ?? 0, summed?.kind === "money");
  // Whoever sees more gets another sum: it is said over what it is worked out.
  const why = t("overVisible", { count: found.count, object: over ? label(over.label) : "" });
  if (long)
    return (
      <span>
        {text} <span className="muted roll-up-over">{why}</span>
      </span>
    );
  return <span title={why}>{text}</span>;
}
