// Build a filter: tests joined by "all of" and "any of", nested, each test or group turned round by "not".

import { Button, Checkbox, Select, Space, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Comparison, Condition, FieldForm, FieldValue } from "@/api/types";
import { useLabel } from "@/i18n";
import { DeleteIcon, PlusIcon } from "@/shared/icons";
import { FieldInput } from "../fields/FieldInput";
import {
  comparisons,
  count,
  emptyGroup,
  type FilterNode,
  fromCondition,
  type GroupNode,
  MOST_DEPTH,
  MOST_TESTS,
  nextId,
  operatorOf,
  type TestNode,
  takesList,
  takesValue,
  toCondition,
  wrong,
} from "./tree";
import "./filter.css";

export type FilterField = Pick<FieldForm, "name" | "label" | "type">;

function useOperatorName(): (field: FilterField, op: Comparison) => string {
  const { t } = useTranslation();
  return (field, op) => t(`filter.op.${operatorOf(field.type.kind, op)}`);
}

export function FilterBuilder({
  fields,
  value,
  onApply,
}: {
  fields: FilterField[];
  value: Condition | undefined;
  onApply: (condition: Condition | undefined) => void;
}) {
  const { t } = useTranslation();
  const [root, setRoot] = useState(() => fromCondition(value));
  const problem = wrong(root);
  return (
    <div className="filter">
      <Group node={root} fields={fields} depth={1} tests={count(root)} onChange={setRoot} />
      <div className="filter-foot">
        {problem && (
          <Typography.Text type="danger" role="alert">
            {problem === "incomplete" ? t("filter.incomplete") : t("filter.tooDeep")}
          </Typography.Text>
        )}
        <Space>
          <Button
            onClick={() => {
              setRoot(emptyGroup());
              onApply(undefined);
            }}
          >
            {t("filter.clear")}
          </Button>
          <Button type="primary" disabled={problem !== undefined} onClick={() => onApply(toCondition(root))}>
            {t("filter.apply")}
          </Button>
        </Space>
      </div>
    </div>
  );
}

function newTest(fields: FilterField[]): TestNode | undefined {
  const [first] = fields;
  if (first === undefined) return undefined;
  return { id: nextId(), kind: "test", not: false, field: first.name, op: comparisons(first)[0] ?? "eq", value: null };
}

function Group({
  node,
  fields,
  depth,
  tests,
  onChange,
  onRemove,
}: {
  node: GroupNode;
  fields: FilterField[];
  depth: number;
  tests: number;
  onChange: (node: GroupNode) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation();
  const replace = (at: number, child: FilterNode | undefined) => {
    const children = [...node.children];
    if (child === undefined) children.splice(at, 1);
    else children[at] = child;
    onChange({ ...node, children });
  };
  const add = (child: FilterNode | undefined) => child && onChange({ ...node, children: [...node.children, child] });
  return (
    <fieldset className="filter-group">
      <legend className="visually-hidden">{node.mode === "all" ? t("filter.all") : t("filter.any")}</legend>
      <div className="filter-line">
        {depth > 1 && <Not checked={node.not} onChange={(not) => onChange({ ...node, not })} />}
        <Select
          size="small"
          className="filter-mode"
          aria-label={t("filter.title")}
          value={node.mode}
          onChange={(mode) => onChange({ ...node, mode })}
          options={[
            { value: "all" as const, label: t("filter.all") },
            { value: "any" as const, label: t("filter.any") },
          ]}
        />
        {onRemove && (
          <Button
            size="small"
            type="text"
            icon={<DeleteIcon />}
            aria-label={t("filter.removeGroup")}
            onClick={onRemove}
          />
        )}
      </div>
      {node.children.map((child, at) =>
        child.kind === "group" ? (
          <Group
            key={child.id}
            node={child}
            fields={fields}
            depth={depth + 1}
            tests={tests}
            onChange={(next) => replace(at, next)}
            onRemove={() => replace(at, undefined)}
          />
        ) : (
          <TestLine
            key={child.id}
            node={child}
            fields={fields}
            onChange={(next) => replace(at, next)}
            onRemove={() => replace(at, undefined)}
          />
        ),
      )}
      <Space size="small" wrap>
        <Button size="small" icon={<PlusIcon />} disabled={tests >= MOST_TESTS} onClick={() => add(newTest(fields))}>
          {t("filter.addTest")}
        </Button>
        {depth < MOST_DEPTH - 1 && (
          <Button
            size="small"
            type="text"
            icon={<PlusIcon />}
            onClick={() => add({ ...emptyGroup(), mode: node.mode === "all" ? "any" : "all" })}
          >
            {t("filter.addGroup")}
          </Button>
        )}
      </Space>
    </fieldset>
  );
}

function Not({ checked, onChange }: { checked: boolean; onChange: (not: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox checked={checked} onChange={(e) => onChange(e.target.checked)}>
      {t("filter.not")}
    </Checkbox>
  );
}

function TestLine({
  node,
  fields,
  onChange,
  onRemove,
}: {
  node: TestNode;
  fields: FilterField[];
  onChange: (node: TestNode) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const operatorName = useOperatorName();
  const field = fields.find((f) => f.name === node.field) ?? {
    name: node.field,
    label: { zh: node.field, en: node.field },
    type: { kind: "text" },
  };
  const several = takesList(node.op);
  // An address is looked for by how its line begins and what it contains.
  const asked = field.type.kind === "address" ? "text" : field.type.kind;
  return (
    <div className="filter-line filter-test">
      <Not checked={node.not} onChange={(not) => onChange({ ...node, not })} />
      <Select
        aria-label={t("filter.field")}
        className="filter-field"
        showSearch={{ optionFilterProp: "label" }}
        value={node.field}
        options={fields.map((f) => ({ value: f.name, label: label(f.label) }))}
        onChange={(name) => {
          const next = fields.find((f) => f.name === name);
          if (next) onChange({ ...node, field: name, op: comparisons(next)[0] ?? "eq", value: null });
        }}
      />
      <Select
        aria-label={t("filter.operator")}
        className="filter-operator"
        value={node.op}
        options={comparisons(field).map((op) => ({ value: op, label: operatorName(field, op) }))}
        onChange={(op) => onChange({ ...node, op, value: takesList(op) === several ? node.value : null })}
      />
      <div className="filter-value">
        {takesValue(node.op) && (
          <FieldInput
            aria-label={t("filter.value")}
            field={{ ...field, type: { ...field.type, kind: several ? "multi_choice" : asked } }}
            value={node.value as FieldValue}
            onChange={(value) => onChange({ ...node, value })}
          />
        )}
      </div>
      <Button type="text" icon={<DeleteIcon />} aria-label={t("filter.remove")} onClick={onRemove} />
    </div>
  );
}
