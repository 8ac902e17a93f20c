// The role matrix, readable: role × operation on an object with its records, field levels by class, all rules, and versions.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented, Select, Skeleton, Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { MatrixRow } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { useObjects, usePolicy } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemPage } from "@/shared/ProblemView";
import { CLASSES, cellOf, fieldsOf, OPERATIONS } from "./matrix";
import { RuleTable } from "./RuleTable";
import { useRuleWords } from "./ruleWords";
import type { RolesSearch } from "./search";
import { Versions } from "./Versions";
import "../access/access.css";
import "../audit/audit.css";
import "./people.css";

export function RolesPage() {
  const { t } = useTranslation("people");
  const search = useSearch({ from: "/roles" });
  const navigate = useNavigate();
  const policy = usePolicy();
  const change = (part: RolesSearch) => void navigate({ to: "/roles", search: { ...search, ...part }, replace: true });
  const tab = search.tab ?? "matrix";
  const rows = policy.data?.policy.rows ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("roles.title")}</h1>
        {policy.data && (
          <span className="muted">
            {t("roles.version", { version: policy.data.version, time: formatTime(policy.data.at) })}
          </span>
        )}
      </div>
      {policy.isPending ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : policy.isError ? (
        <ProblemPage problem={asProblem(policy.error)} onRetry={() => void policy.refetch()} />
      ) : (
        <PageTabs
          label={t("roles.title")}
          active={tab}
          onChange={(key) => change({ tab: key as "matrix" })}
          tabs={[
            {
              key: "matrix",
              label: t("roles.tab.matrix"),
              children: <Matrix rows={rows} search={search} onChange={change} />,
            },
            {
              key: "rules",
              label: t("roles.tab.rules"),
              children: <Rules rows={rows} search={search} onChange={change} />,
            },
            { key: "versions", label: t("roles.tab.versions"), children: <Versions /> },
          ]}
        />
      )}
    </div>
  );
}

type Props = { rows: MatrixRow[]; search: RolesSearch; onChange: (part: RolesSearch) => void };

function Matrix({ rows, search, onChange }: Props) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const term = useTerms();
  const { workspace } = useMe();
  const objects = useObjects();
  const words = useRuleWords();
  const object = search.object ?? "customer";
  const used = OPERATIONS.filter((o) => workspace.roles.some((r) => cellOf(rows, r.name, object, o).scopes.length > 0));
  return (
    <div className="roles-part">
      <Segmented
        aria-label={t("roles.object")}
        value={object}
        onChange={(value) => onChange({ object: value })}
        options={objects.map((o) => ({ value: o.name, label: label(o.label) }))}
      />
      <p className="muted page-text">{t("roles.matrixText")}</p>
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
            {workspace.roles.map((role) => (
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
                  const cell = cellOf(rows, role.name, object, operation);
                  return (
                    <td key={operation} data-empty={cell.scopes.length === 0}>
                      {cell.scopes.map((scope) => (
                        <div key={JSON.stringify(scope)}>{words.scope(scope)}</div>
                      ))}
                      {cell.limited && (
                        <Tooltip title={t("roles.limited")}>
                          <Tag color="warning">
                            !<span className="visually-hidden">{t("roles.limited")}</span>
                          </Tag>
                        </Tooltip>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>{t("roles.fields")}</h2>
      <p className="muted page-text">{t("roles.fieldsText")}</p>
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
            {workspace.roles.map((role) => (
              <tr key={role.name}>
                <th scope="row">{label(role.label)}</th>
                {CLASSES.map((name) => (
                  <td key={name} data-empty={fieldsOf(rows, role.name, object, name).length === 0}>
                    {fieldsOf(rows, role.name, object, name).map((cell) => (
                      <div key={`${cell.level}${JSON.stringify(cell.scope)}`}>
                        {t(`level.${cell.level as "masked"}`)}
                        <span className="muted"> · {words.scope(cell.scope)}</span>
                      </div>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Rules({ rows, search, onChange }: Props) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const { workspace } = useMe();
  const shown = search.role
    ? rows.filter(
        (r) => r.who === "everyone" || (typeof r.who === "object" && "role" in r.who && r.who.role === search.role),
      )
    : rows;
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
      </div>
      <RuleTable rows={shown} label={t("roles.tab.rules")} />
    </div>
  );
}
