import { Segmented, Select, Tag, Tooltip } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MatrixRow } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { useObjects } from "@/shared/directory";
import { GuideLink } from "@/shared/GuideLink";
import { type CellAt, CellEditor } from "./CellEditor";
import { CLASSES, cellOf, fieldsOf, OPERATIONS } from "./matrix";
import { useRuleWords } from "./ruleWords";
import type { RolesSearch } from "./search";

export type PolicyPart = {
  rows: MatrixRow[];
  /** While it is edited: what was there before, and what to do with a change. */
  before?: MatrixRow[];
  onEdit?: (rows: MatrixRow[]) => void;
  search: RolesSearch;
  onChange: (part: RolesSearch) => void;
};

/** Objects a person chooses from: beside each other while they are few. */
function ObjectChoice({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const objects = useObjects();
  const options = objects.map((o) => ({ value: o.name, label: label(o.label) }));
  if (options.length <= 6)
    return <Segmented aria-label={t("roles.object")} value={value} onChange={onChange} options={options} />;
  return (
    <Select
      aria-label={t("roles.object")}
      className="user-choice"
      showSearch={{ optionFilterProp: "label" }}
      value={value}
      onChange={onChange}
      options={options}
    />
  );
}

export function Matrix({ rows, before, onEdit, search, onChange }: PolicyPart) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const term = useTerms();
  const { workspace } = useMe();
  const words = useRuleWords();
  const [at, setAt] = useState<CellAt>();
  const object = search.object ?? "customer";
  const used = OPERATIONS.filter(
    (o) => onEdit !== undefined || workspace.roles.some((r) => cellOf(rows, r.name, object, o).scopes.length > 0),
  );
  const roles = search.role ? workspace.roles.filter((r) => r.name === search.role) : workspace.roles;
  const cell = (where: CellAt, what: string, role: string, content: ReactNode, changed: boolean, empty: boolean) => (
    <td data-empty={empty && onEdit === undefined} data-changed={changed}>
      {onEdit ? (
        <button type="button" className="cell-edit" onClick={() => setAt(where)}>
          <span className="visually-hidden">{t("edit.cellName", { role, what })}</span>
          {empty ? "—" : content}
        </button>
      ) : (
        content
      )}
    </td>
  );
  const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  return (
    <div className="roles-part">
      <div className="feed-filters">
        <ObjectChoice value={object} onChange={(value) => onChange({ object: value })} />
        <Select
          aria-label={t("roles.role")}
          allowClear
          className="user-choice"
          placeholder={t("roles.allRoles")}
          value={search.role ?? null}
          onChange={(role: string | null | undefined) => onChange({ role: role ?? undefined })}
          options={workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }))}
        />
      </div>
      <p className="muted page-text">
        {onEdit ? t("edit.matrixText") : t("roles.matrixText")} <GuideLink page="security" />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div className="panel matrix" tabIndex={0} role="region" aria-label={t("roles.matrix")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("roles.role")}</th>
              {used.map((operation) => (
                <th key={operation} scope="col">
                  {term("action", operation)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {roles.map((role) => (
              <tr key={role.name}>
                <th scope="row">
                  <button
                    type="button"
                    className="row-open"
                    onClick={() => onChange({ tab: "rules", role: role.name })}
                  >
                    {label(role.label)}
                  </button>
                </th>
                {used.map((operation) => {
                  const found = cellOf(rows, role.name, object, operation);
                  const content = (
                    <>
                      {found.scopes.map((scope) => (
                        <div key={JSON.stringify(scope)}>{words.scope(scope)}</div>
                      ))}
                      {found.limited && (
                        <Tooltip title={t("roles.limited")}>
                          <Tag color="warning">
                            !<span className="visually-hidden">{t("roles.limited")}</span>
                          </Tag>
                        </Tooltip>
                      )}
                    </>
                  );
                  const changed = before !== undefined && differs(found, cellOf(before, role.name, object, operation));
                  return (
                    <Cell key={operation}>
                      {cell(
                        { role: role.name, object, operation },
                        term("action", operation),
                        label(role.label),
                        content,
                        changed,
                        found.scopes.length === 0,
                      )}
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>{t("roles.fields")}</h2>
      <p className="muted page-text">{onEdit ? t("edit.fieldsText") : t("roles.fieldsText")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div className="panel matrix" tabIndex={0} role="region" aria-label={t("roles.fields")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("roles.role")}</th>
              {CLASSES.map((name) => (
                <th key={name} scope="col">
                  {term("class", name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {roles.map((role) => (
              <tr key={role.name}>
                <th scope="row">{label(role.label)}</th>
                {CLASSES.map((name) => {
                  const found = fieldsOf(rows, role.name, object, name);
                  const content = found.map((entry) => (
                    <div key={`${entry.level}${JSON.stringify(entry.scope)}`}>
                      {t(`level.${entry.level as "masked"}`)}
                      <span className="muted"> · {words.scope(entry.scope)}</span>
                    </div>
                  ));
                  const changed = before !== undefined && differs(found, fieldsOf(before, role.name, object, name));
                  return (
                    <Cell key={name}>
                      {cell(
                        { role: role.name, object, of: name },
                        term("class", name),
                        label(role.label),
                        content,
                        changed,
                        found.length === 0,
                      )}
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {at && onEdit && <CellEditor at={at} rows={rows} onChange={onEdit} onClose={() => setAt(undefined)} />}
    </div>
  );
}

const Cell = ({ children }: { children: ReactNode }) => children;
