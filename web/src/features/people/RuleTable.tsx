import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { MatrixRow } from "@/api/types";
import { useLabel } from "@/i18n";
import { DeleteIcon, EditIcon } from "@/shared/icons";
import { useRuleWords } from "./ruleWords";

type Props = {
  rows: MatrixRow[];
  label: string;
  /** While the policy is edited. */
  acts?: { edit: (row: MatrixRow) => void; remove: (row: MatrixRow) => void };
};

/** Rows of the matrix, each in words. */
export function RuleTable({ rows, label: name, acts }: Props) {
  const { t } = useTranslation(["people", "access", "common"]);
  const label = useLabel();
  const words = useRuleWords();
  if (rows.length === 0) return <p className="muted">{t("roles.noRows")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <div className="panel matrix rules" tabIndex={0} role="region" aria-label={name}>
      <table>
        <thead>
          <tr>
            {(["title", "who", "objects", "what", "scope", "when", "valid"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`rule.${column}`)}
              </th>
            ))}
            {acts && <th scope="col">{t("edit.acts")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Tag color={row.effect === "permit" ? "success" : "error"}>{t(`access:${row.effect}`)}</Tag>
                {label(row.title)}
                <div className="mono muted">{row.id}</div>
              </th>
              <td>{words.who(row)}</td>
              <td>{words.objects(row)}</td>
              <td>{words.what(row)}</td>
              <td>{words.scope(row.scope)}</td>
              <td>{words.when(row) || "—"}</td>
              <td>{words.valid(row) || t("roles.always")}</td>
              {acts && (
                <td>
                  <span className="rule-acts">
                    <Button
                      size="small"
                      icon={<EditIcon />}
                      aria-label={t("edit.editRule", { rule: label(row.title) })}
                      onClick={() => acts.edit(row)}
                    />
                    <Button
                      size="small"
                      icon={<DeleteIcon />}
                      aria-label={t("edit.removeRule", { rule: label(row.title) })}
                      onClick={() => acts.remove(row)}
                    />
                  </span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
