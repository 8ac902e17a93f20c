// A row of the role matrix in words.

import { useTranslation } from "react-i18next";
import type { MatrixRow, Scope, When } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { useObjectWords, useRoleName, useUserName } from "@/shared/directory";
import { useDepartmentName } from "@/shared/fields/people";
import { formatTime } from "@/shared/format";

type Level = "hidden" | "masked" | "read_only" | "editable";

export function useRuleWords() {
  const { t, i18n } = useTranslation("people");
  const term = useTerms();
  const words = useObjectWords();
  const role = useRoleName();
  const user = useUserName();
  const department = useDepartmentName();
  const comma = i18n.language === "en" ? ", " : "、";

  const scope = (s: Scope): string => {
    if (s.kind !== "chosen") return t(`scope.${s.kind}`);
    const names = s.departments.map((d) => department(d) ?? d).join(comma);
    return s.with_children ? t("scope.chosenBelow", { names }) : t("scope.chosen", { names });
  };
  const who = ({ who: w }: MatrixRow): string => {
    if (w === "everyone") return t("roles.everyone");
    if ("role" in w) return role(w.role);
    if ("department" in w) return t("rule.department", { name: department(w.department) ?? w.department });
    return t("rule.person", { name: user(w.user) ?? w.user });
  };
  const objects = ({ objects: o }: MatrixRow): string =>
    o === "any" ? t("roles.anyObject") : o.only.map(words.object).join(comma);
  const what = ({ what: w, objects: o }: MatrixRow): string => {
    if ("operations" in w) return w.operations.map((a) => term("action", a)).join(comma);
    const { fields, level } = w.fields;
    const first = o === "any" ? undefined : o.only[0];
    const names =
      "classes" in fields
        ? fields.classes.map((c) => term("class", c))
        : fields.named.map((f) => (first ? words.field(first, f) : f));
    return t("rule.fields", { fields: names.join(comma), level: t(`level.${level as Level}`) });
  };
  const one = (w: When): string => {
    if (typeof w === "string") return t(`when.${w}`);
    if ("network" in w) return t("when.network", { list: w.network.join(comma) });
    if ("channel" in w) return t("when.channel", { list: w.channel.map((c) => term("channel", c)).join(comma) });
    const text = t(`when.${w.rate.counter as "reveals_per_hour"}`, { below: w.rate.below });
    const beyond = w.rate.beyond ?? "refuse";
    return beyond === "refuse" ? text : t("when.or", { text, beyond: t(`beyond.${beyond}`) });
  };
  const when = (row: MatrixRow): string => {
    const text = row.when.map(one).join(comma);
    return row.effect === "forbid" && text ? t("when.unless", { text }) : text;
  };
  const valid = (row: MatrixRow): string =>
    [
      row.valid_from === null ? "" : t("roles.from", { time: formatTime(row.valid_from) }),
      row.valid_until === null ? "" : t("roles.until", { time: formatTime(row.valid_until) }),
    ]
      .filter(Boolean)
      .join(" ");
  return { scope, who, objects, what, when, valid };
}
