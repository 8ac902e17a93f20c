// The columns of a list: the object's fields, and what every record has. Their choice and widths are the person's own.

import { Link } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FieldForm, ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { Person } from "@/shared/fields/FieldText";
import { useDepartmentName } from "@/shared/fields/people";
import { RecordField } from "@/shared/fields/RecordField";
import { hasFiles, isLookedUp } from "@/shared/fields/related";
import { formatTime } from "@/shared/format";
import type { Column } from "@/shared/table/DataTable";

export const BUILT_IN = ["owner", "department", "created_at", "updated_at"] as const;
type BuiltIn = (typeof BUILT_IN)[number];

const WIDTHS: Record<string, number> = {
  number: 110,
  money: 140,
  bool: 80,
  date: 120,
  date_time: 160,
  choice: 120,
  phone: 140,
  email: 200,
  reference: 200,
  user: 110,
  long_text: 260,
  roll_up: 140,
  address: 240,
};

/** The columns shown where nobody chose: what stands for the record, up to six more that can be sorted by, and the owner. */
export function defaultColumns(object: ObjectForm): string[] {
  const title = object.title_field;
  const rest = object.fields.filter(
    (f) =>
      f.name !== title &&
      (!f.kept || f.computed || f.numbered) &&
      f.type.kind !== "long_text" &&
      !hasFiles(f) &&
      !f.name.startsWith("external"),
  );
  const personal = rest.filter((f) => !f.filterable && f.class === "personal").slice(0, 2);
  const entered = rest.filter((f) => f.filterable && !f.computed);
  // What is worked out is what the others are for.
  const clear = [...entered.slice(0, 5), ...rest.filter((f) => f.computed && f.filterable).slice(0, 2)];
  const chosen = rest.filter((f) => personal.includes(f) || clear.includes(f)).map((f) => f.name);
  return [...(title ? [title] : []), ...chosen, "owner", "updated_at"];
}

const NONE: readonly string[] = [];

export function useColumnNames(object: ObjectForm): (key: string) => string {
  const { t } = useTranslation("records");
  const label = useLabel();
  return useCallback(
    (key) => {
      const built: Record<BuiltIn, string> = {
        owner: t("owner"),
        department: t("department"),
        created_at: t("createdAt"),
        updated_at: t("updatedAt"),
      };
      const field = object.fields.find((f) => f.name === key);
      return field ? label(field.label) : (built[key as BuiltIn] ?? key);
    },
    [object, t, label],
  );
}

/** What stands for a record, as a link to it. */
export function TitleLink({ object, row }: { object: ObjectForm; row: RecordView }) {
  const { t } = useTranslation("records");
  const title = object.title_field ? row.fields[object.title_field] : undefined;
  return (
    <Link to="/records/$object/$id" params={{ object: object.name, id: row.id }} className="title-link">
      {typeof title === "string" && title !== "" ? title : t("untitled")}
    </Link>
  );
}

export function useColumns(
  object: ObjectForm,
  keys: readonly string[],
  widths: Record<string, number>,
  pinned: readonly string[] = NONE,
): Column<RecordView>[] {
  const name = useColumnNames(object);
  const department = useDepartmentName();
  // The same array as long as nothing about it changes: a table draws its rows anew with another one.
  return useMemo(() => {
    const cell =
      (key: string, field: FieldForm | undefined) =>
      (row: RecordView): ReactNode => {
        if (field !== undefined) {
          if (key === object.title_field) return <TitleLink object={object} row={row} />;
          if (!isLookedUp(field) && !(key in row.fields)) return <span className="muted">—</span>;
          return <RecordField object={object} field={field} record={row} />;
        }
        switch (key as BuiltIn) {
          case "owner":
            return row.pool ? <PoolWord /> : <Person id={row.owner} />;
          case "department":
            return row.department ? (department(row.department) ?? "—") : <span className="muted">—</span>;
          case "created_at":
            return formatTime(row.created_at);
          case "updated_at":
            return formatTime(row.updated_at);
        }
      };
    return keys.flatMap((key) => {
      const field = object.fields.find((f) => f.name === key);
      if (field === undefined && !BUILT_IN.includes(key as BuiltIn)) return [];
      const time = key === "created_at" || key === "updated_at";
      const kind = field?.type.kind ?? (time ? "date_time" : "user");
      const right = kind === "number" || kind === "money" || kind === "roll_up";
      const standard = key === object.title_field ? 220 : (WIDTHS[kind] ?? 150);
      return [
        {
          key,
          title: name(key),
          width: widths[key] ?? standard,
          ...(right ? { align: "end" as const } : {}),
          ...(pinned.includes(key) ? { pinned: true } : {}),
          ...(time || (field?.filterable && kind !== "multi_choice") ? { sortBy: key } : {}),
          render: cell(key, field),
        },
      ];
    });
  }, [object, keys, widths, pinned, name, department]);
}

function PoolWord() {
  const { t } = useTranslation("records");
  return <span className="muted">{t("pool")}</span>;
}
