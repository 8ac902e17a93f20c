import { useTranslation } from "react-i18next";
import type { PolicyDiff } from "@/api/types";
import { RuleTable } from "./RuleTable";

/** What a version changes, rule by rule. */
export function DiffView({ diff }: { diff: PolicyDiff }) {
  const { t } = useTranslation("people");
  return (
    <>
      {(["added", "removed"] as const).map(
        (kind) =>
          diff[kind].length > 0 && (
            <div key={kind}>
              <h3>{t(`roles.${kind}`)}</h3>
              <RuleTable rows={diff[kind]} label={t(`roles.${kind}`)} />
            </div>
          ),
      )}
      {diff.changed.length > 0 && (
        <>
          <h3>{t("roles.before")}</h3>
          <RuleTable rows={diff.changed.map((c) => c.from)} label={t("roles.before")} />
          <h3>{t("roles.after")}</h3>
          <RuleTable rows={diff.changed.map((c) => c.to)} label={t("roles.after")} />
        </>
      )}
    </>
  );
}
