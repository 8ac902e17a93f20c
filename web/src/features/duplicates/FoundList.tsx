// Records that may be the same: those that the person may see by name, of any other only that it is there.

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import type { ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { RecordLink } from "@/shared/fields/FieldText";

export type Found = components["schemas"]["DuplicateView"];

export function FoundList({
  object,
  found,
  act,
}: {
  object: ObjectForm;
  found: Found[];
  /** What can be done with one that the person may see. */
  act?: (id: string) => ReactNode;
}) {
  const { t } = useTranslation("duplicates");
  const label = useLabel();
  const name = (field: string) => {
    const def = object.fields.find((f) => f.name === field);
    return def ? label(def.label) : field;
  };
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {found.map((d) => (
        <li key={`${d.field} ${d.id ?? d.whose}`}>
          {t("same", { field: name(d.field) })}{" "}
          {d.id ? <RecordLink object={object.name} id={d.id} /> : t(d.whose as "pool" | "other" | "exists")}
          {d.id && act?.(d.id)}
        </li>
      ))}
    </ul>
  );
}
