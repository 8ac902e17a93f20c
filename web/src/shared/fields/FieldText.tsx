// A field's value as people read it: masked values as such, references by name, options by label.

import { LockOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Tag, Tooltip } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { FieldForm, FieldValue } from "@/api/types";
import { useLabel } from "@/i18n";
import { addressLine } from "../address/address";
import { formatNumber, formatTime } from "../format";
import { useColleagues } from "./people";
import { useTitle } from "./titles";

const Nothing = () => <span className="muted">—</span>;

/** A link to a record, by what stands for it. */
export function RecordLink({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation("records");
  const title = useTitle(object, id);
  if (title.kind === "loading") return <span className="muted">…</span>;
  if (title.kind === "unknown") return <span className="muted">{t("notToBeKnown")}</span>;
  return (
    <Link to="/records/$object/$id" params={{ object, id }}>
      {title.text}
    </Link>
  );
}

export function Person({ id }: { id: string | null | undefined }) {
  const { t } = useTranslation("records");
  const { name } = useColleagues();
  if (!id) return <Nothing />;
  return <span>{name(id) ?? t("formerColleague")}</span>;
}

export function FieldText({
  field,
  value,
  masked,
  long = false,
}: {
  field: FieldForm;
  value: FieldValue | undefined;
  masked: boolean;
  long?: boolean;
}) {
  const { t } = useTranslation(["common", "records"]);
  const label = useLabel();
  if (value === null || value === undefined || value === "") return <Nothing />;
  if (masked) {
    return (
      <Tooltip title={t("records:maskedHelp")}>
        <span className="masked">
          <LockOutlined aria-label={t("records:masked")} /> {String(value)}
        </span>
      </Tooltip>
    );
  }
  const { type } = field;
  const option = (v: string) => {
    const found = type.options?.find((o) => o.value === v);
    return found ? label(found.label) : v;
  };
  switch (type.kind) {
    case "money":
    case "number":
      return (
        <span>
          {typeof value === "number" ? formatNumber(value, type.scale ?? 0, type.kind === "money") : String(value)}
        </span>
      );
    case "bool":
      return <span>{value === true ? t("yes") : t("no")}</span>;
    case "date_time":
      return <span>{formatTime(dayjs(String(value)).valueOf())}</span>;
    case "choice":
      return <Tag className="choice">{option(String(value))}</Tag>;
    case "address":
      return <span>{addressLine(value)}</span>;
    case "multi_choice":
      return (
        <span>
          {(Array.isArray(value) ? value : [String(value)]).map((v) => (
            <Tag key={v} className="choice">
              {option(v)}
            </Tag>
          ))}
        </span>
      );
    case "reference":
      return <RecordLink object={type.object ?? ""} id={String(value)} />;
    case "user":
      return <Person id={String(value)} />;
    case "url":
      return (
        <a href={String(value)} target="_blank" rel="noopener noreferrer">
          {String(value)}
        </a>
      );
    case "email":
      return long ? <a href={`mailto:${String(value)}`}>{String(value)}</a> : <span>{String(value)}</span>;
    case "phone":
      return long ? <a href={`tel:${String(value)}`}>{String(value)}</a> : <span>{String(value)}</span>;
    default:
      return <span className={long && type.kind === "long_text" ? "long-text" : ""}>{String(value)}</span>;
  }
}
