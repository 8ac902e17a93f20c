// A field's value as people read it: masked values as such, references by name, options by label.

import { Link } from "@tanstack/react-router";
import { Tooltip } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { FieldForm, FieldValue } from "@/api/types";
import { addressLine } from "../address/address";
import { formatNumber, formatTime } from "../format";
import { useColleagues } from "./people";
import { useTitle } from "./titles";

/** Drawn here: the library's icon looks for its styles each time, which scrolling would wait for. */
function Lock({ label }: { label: string }) {
  return (
    <svg className="lock" viewBox="0 0 16 16" role="img" aria-label={label}>
      <path d="M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3 7h10v7H3z" />
    </svg>
  );
}

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
  const { t, i18n } = useTranslation(["common", "records"]);
  if (value === null || value === undefined || value === "") return <Nothing />;
  if (masked) {
    const shown = (
      <span className="masked" title={long ? undefined : t("records:maskedHelp")}>
        <Lock label={t("records:masked")} /> {String(value)}
      </span>
    );
    // A tooltip of its own for each cell of a long list is what scrolling would wait for.
    return long ? <Tooltip title={t("records:maskedHelp")}>{shown}</Tooltip> : shown;
  }
  const { type } = field;
  const option = (v: string) => {
    const found = type.options?.find((o) => o.value === v);
    return found ? found.label[i18n.language === "en" ? "en" : "zh"] : v;
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
      return <span className="choice">{option(String(value))}</span>;
    case "address":
      return <span>{addressLine(value)}</span>;
    case "multi_choice":
      return (
        <span>
          {(Array.isArray(value) ? value : [String(value)]).map((v) => (
            <span key={v} className="choice">
              {option(v)}
            </span>
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
