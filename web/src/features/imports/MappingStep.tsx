// Which column becomes what, with the first rows beside it.

import { Alert, Button, Form, Input, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportMapping, ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import type { Table } from "./file";
import { fieldsOf, lacks, type Unowned } from "./mapping";
import { BAD } from "./xlsx";

const SAMPLE = 3;
/** Beside the fields; no field has such a name. */
const OWNER = "/owner";
const CUSTOMER = "/customer";

type Props = {
  object: ObjectForm;
  file: { table: Table; mapping: ImportMapping; remembered: boolean };
  unowned: Unowned;
  onUnowned: (unowned: Unowned) => void;
  onMapping: (mapping: ImportMapping) => void;
  onAnother: () => void;
  onNext: () => void;
};

export function MappingStep({ object, file, unowned, onUnowned, onMapping, onAnother, onNext }: Props) {
  const { t } = useTranslation("imports");
  const label = useLabel();
  const { table, mapping } = file;
  const fields = fieldsOf(object);
  const chosen = (heading: string) =>
    mapping.owner === heading
      ? OWNER
      : mapping.customer === heading
        ? CUSTOMER
        : (mapping.columns[heading] ?? undefined);
  /** A field, the owner and the customer have one column each; an address may have one for each of its parts. */
  const choose = (heading: string, to: string | undefined) => {
    const inParts = fields.some((f) => f.name === to && f.type.kind === "address");
    const stays = ([h, f]: [string, string]) => h !== heading && (f !== to || inParts);
    const columns = Object.fromEntries(Object.entries(mapping.columns).filter(stays));
    if (to !== undefined && to !== OWNER && to !== CUSTOMER) columns[heading] = to;
    onMapping({
      ...mapping,
      columns,
      owner: to === OWNER ? heading : mapping.owner === heading ? null : (mapping.owner ?? null),
      customer: to === CUSTOMER ? heading : mapping.customer === heading ? null : (mapping.customer ?? null),
    });
  };
  const options = [
    ...fields.map((f) => ({ value: f.name, label: `${label(f.label)}${f.required ? " *" : ""}` })),
    { value: OWNER, label: t("mapping.owner") },
    ...(object.customer_field ? [{ value: CUSTOMER, label: t("mapping.customer") }] : []),
  ];
  const sample = (at: number) =>
    table.rows
      .slice(0, SAMPLE)
      .map((row) => row.cells[at]?.trim() ?? "")
      .filter((text) => text !== "" && text !== BAD.error && text !== BAD.number);
  const missing = lacks(mapping, object);
  const mapped = new Set(Object.values(mapping.columns));
  const required = fields.filter((f) => f.required && !mapped.has(f.name)).map((f) => label(f.label));
  const ways: Unowned[] = object.has_pool ? ["me", "pool"] : ["me", "none"];
  return (
    <div className="panel import-panel">
      {file.remembered && <Alert type="success" showIcon title={t("mapping.remembered")} />}
      <Form layout="vertical" requiredMark={false} className="import-form">
        <Form.Item label={t("mapping.source")} extra={t("mapping.sourceHelp")} htmlFor="import-source">
          <Input
            id="import-source"
            value={mapping.source}
            maxLength={80}
            onChange={(e) => onMapping({ ...mapping, source: e.target.value })}
          />
        </Form.Item>
        <Form.Item label={t("mapping.key")} extra={t("mapping.keyHelp")} htmlFor="import-key">
          <Select
            id="import-key"
            mode="multiple"
            value={mapping.key}
            options={table.headings.map((h) => ({ value: h, label: h }))}
            onChange={(key: string[]) => onMapping({ ...mapping, key })}
          />
        </Form.Item>
        {mapping.customer && (
          <Form.Item
            label={t("mapping.customerSource")}
            extra={t("mapping.customerSourceHelp")}
            htmlFor="import-customer-source"
          >
            <Input
              id="import-customer-source"
              value={mapping.customer_source ?? ""}
              maxLength={80}
              onChange={(e) => onMapping({ ...mapping, customer_source: e.target.value || null })}
            />
          </Form.Item>
        )}
        <Form.Item label={t("mapping.unowned")}>
          <Radio.Group
            value={unowned}
            onChange={(e) => onUnowned(e.target.value as Unowned)}
            options={ways.map((value) => ({ value, label: t(`mapping.unownedIs.${value}`) }))}
          />
        </Form.Item>
      </Form>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div className="import-scroll" role="region" aria-label={t("steps.mapping")} tabIndex={0}>
        <table className="import-columns">
          <thead>
            <tr>
              <th>{t("mapping.column")}</th>
              <th>{t("mapping.becomes")}</th>
              <th>{t("mapping.sample")}</th>
            </tr>
          </thead>
          <tbody>
            {table.headings.map((heading, at) => (
              <tr key={heading}>
                <th scope="row">{heading}</th>
                <td>
                  <Select
                    aria-label={`${t("mapping.becomes")} ${heading}`}
                    className="import-select"
                    allowClear
                    showSearch={{ optionFilterProp: "label" }}
                    placeholder={t(mapping.key.includes(heading) ? "mapping.onlyKey" : "mapping.leave")}
                    value={chosen(heading)}
                    options={options}
                    onChange={(to: string | undefined) => choose(heading, to)}
                  />
                </td>
                <td className="muted import-sample">{sample(at).join(" · ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {missing.map((what) => (
        <Alert key={what} type="warning" showIcon title={t(`mapping.lacks.${what}`, { fields: required.join(", ") })} />
      ))}
      <div className="import-acts">
        <Button onClick={onAnother}>{t("file.another")}</Button>
        <Button type="primary" disabled={missing.length > 0} onClick={onNext}>
          {t("mapping.next")}
        </Button>
      </div>
    </div>
  );
}
