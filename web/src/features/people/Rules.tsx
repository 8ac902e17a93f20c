import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MatrixRow } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { PlusIcon } from "@/shared/icons";
import type { PolicyPart } from "./Matrix";
import { RowEditor } from "./RowEditor";
import { RuleTable } from "./RuleTable";

/** All rules, or those that reach one role. */
export function Rules({ rows, onEdit, search, onChange }: PolicyPart) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const { workspace } = useMe();
  const [edited, setEdited] = useState<MatrixRow | "new">();
  const shown = search.role
    ? rows.filter(
        (r) => r.who === "everyone" || (typeof r.who === "object" && "role" in r.who && r.who.role === search.role),
      )
    : rows;
  const done = (row: MatrixRow) => {
    onEdit?.(rows.some((r) => r.id === row.id) ? rows.map((r) => (r.id === row.id ? row : r)) : [...rows, row]);
    setEdited(undefined);
  };
  return (
    <div className="roles-part">
      <div className="feed-filters">
        <Select
          aria-label={t("roles.role")}
          allowClear
          className="user-choice"
          placeholder={t("roles.allRoles")}
          value={search.role ?? null}
          onChange={(role: string | null | undefined) => onChange({ role: role ?? undefined })}
          options={workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }))}
        />
        <span className="muted">{t("roles.rows", { count: shown.length })}</span>
        {onEdit && (
          <Button icon={<PlusIcon />} onClick={() => setEdited("new")}>
            {t("edit.newRule")}
          </Button>
        )}
      </div>
      <RuleTable
        rows={shown}
        label={t("roles.tab.rules")}
        {...(onEdit
          ? { acts: { edit: setEdited, remove: (row: MatrixRow) => onEdit(rows.filter((r) => r !== row)) } }
          : {})}
      />
      {edited !== undefined && (
        <RowEditor
          row={edited === "new" ? undefined : edited}
          role={search.role ?? "sales_rep"}
          rows={rows}
          onDone={done}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  );
}
