// A condition in words: what it asks of which field, for those who read rules and do not build them.

import { useTranslation } from "react-i18next";
import type { Condition, FieldForm, Test } from "@/api/types";
import { useLabel } from "@/i18n";
import { operatorOf } from "./tree";

type Named = Pick<FieldForm, "name" | "label" | "type">;

export function useConditionWords(): (condition: Condition, fields: readonly Named[]) => string {
  const { t } = useTranslation();
  const label = useLabel();
  const one = ({ field, op, value }: Test, fields: readonly Named[]) => {
    const found = fields.find((f) => f.name === field);
    const option = (v: unknown) => {
      const known = found?.type.options?.find((o) => o.value === v);
      if (known) return label(known.label);
      return typeof v === "boolean" ? t(v ? "yes" : "no") : String(v ?? "");
    };
    const said = Array.isArray(value) ? value.map(option).join(t("listComma")) : option(value);
    return [found ? label(found.label) : field, t(`filter.op.${operatorOf(found?.type.kind, op)}`), said]
      .filter((w) => w !== "")
      .join(" ");
  };
  const words = (c: Condition, fields: readonly Named[]): string => {
    if ("test" in c) return one(c.test, fields);
    if ("not" in c) return `${t("filter.not")} (${words(c.not, fields)})`;
    const [parts, joined] = "all" in c ? ([c.all, t("filter.and")] as const) : ([c.any, t("filter.or")] as const);
    return parts
      .map((p) => ("test" in p || parts.length === 1 ? words(p, fields) : `(${words(p, fields)})`))
      .join(joined);
  };
  return words;
}
