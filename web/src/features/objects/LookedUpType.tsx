// What a looked-up field looks up: through which reference and what there, or over which records and how it is worked out.

import { Button, Form, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { FilterIcon } from "@/shared/icons";
import { ConditionDialog } from "./ConditionDialog";
import { type Definition, type FieldKind, isLookedUp, isSealed, type Work } from "./definition";
import { useDefinitions } from "./useDefinitions";

type Props = { object: Definition; type: FieldKind; fixed: boolean; onChange: (type: FieldKind) => void };

export function LookedUpType({ object, type, fixed, onChange }: Props) {
  const { t } = useTranslation("objects");
  const label = useLabel();
  const all = useDefinitions().data?.map((v) => v.object) ?? [];
  const [asking, setAsking] = useState(false);
  const named = (fields: Definition["fields"]) => fields.map((f) => ({ value: f.name, label: label(f.label) }));
  if (type.kind === "lookup") {
    const references = object.fields.filter((f) => f.type.kind === "reference");
    const to = references.find((f) => f.name === type.through)?.type.object;
    const there = all.find((o) => o.name === to)?.fields.filter((f) => !isLookedUp(f.type.kind)) ?? [];
    return (
      <>
        <Form.Item label={t("field.through")} htmlFor="field-through">
          <Select
            id="field-through"
            disabled={fixed}
            value={type.through || null}
            onChange={(through) => onChange({ kind: "lookup", through, field: "" })}
            options={named(references)}
          />
        </Form.Item>
        <Form.Item label={t("field.wanted")} htmlFor="field-wanted" extra={t("field.lookupHelp")}>
          <Select
            id="field-wanted"
            disabled={fixed || !to}
            value={type.field || null}
            onChange={(field) => onChange({ ...type, field })}
            options={named(there)}
          />
        </Form.Item>
      </>
    );
  }
  const naming = (o: Definition) =>
    o.fields.filter((f) => f.type.kind === "reference" && f.type.object === object.name && !isSealed(f.class));
  const over = all.find((o) => o.name === type.object);
  const numbers =
    over?.fields.filter((f) => (f.type.kind === "number" || f.type.kind === "money") && !isSealed(f.class)) ?? [];
  const choose = (name: string) => {
    const found = all.find((o) => o.name === name);
    onChange({ kind: "roll_up", object: name, by: (found && naming(found)[0]?.name) ?? "" });
  };
  const work = type.value?.work ?? "count";
  return (
    <>
      <Form.Item label={t("field.over")} htmlFor="field-over">
        <Select
          id="field-over"
          disabled={fixed}
          value={type.object || null}
          onChange={choose}
          options={all.filter((o) => naming(o).length > 0).map((o) => ({ value: o.name, label: label(o.label) }))}
        />
      </Form.Item>
      <Form.Item label={t("field.by")} htmlFor="field-by">
        <Select
          id="field-by"
          disabled={fixed || !over}
          value={type.by || null}
          onChange={(by) => onChange({ ...type, by })}
          options={over ? named(naming(over)) : []}
        />
      </Form.Item>
      <Form.Item label={t("field.work")} htmlFor="field-work" extra={t("field.rollUpHelp")}>
        <Select
          id="field-work"
          disabled={fixed || !over}
          value={work}
          onChange={(next) => {
            const { value: _, ...rest } = type;
            const [first] = numbers;
            if (next === "count" || !first) return onChange(rest);
            onChange({ ...rest, value: { field: type.value?.field ?? first.name, work: next as Work } });
          }}
          options={(["count", ...(numbers.length > 0 ? (["sum", "avg", "min", "max"] as const) : [])] as const).map(
            (w) => ({ value: w, label: t(`work.${w}`) }),
          )}
        />
      </Form.Item>
      {type.value && (
        <Form.Item label={t("field.of")} htmlFor="field-of">
          <Select
            id="field-of"
            disabled={fixed}
            value={type.value.field}
            onChange={(field) => onChange({ ...type, value: { field, work: type.value?.work ?? "sum" } })}
            options={named(numbers)}
          />
        </Form.Item>
      )}
      {over && (
        <Form.Item label={t("field.only")}>
          <Space wrap>
            <Button icon={<FilterIcon />} disabled={fixed} onClick={() => setAsking(true)}>
              {type.when ? t("field.onlySome") : t("field.onlyAll")}
            </Button>
          </Space>
        </Form.Item>
      )}
      {asking && over && (
        <ConditionDialog
          title={t("field.only")}
          text={t("field.onlyText", { object: label(over.label) })}
          fields={over.fields}
          value={type.when}
          without={t("field.onlyAll")}
          onChange={(when: Condition | undefined) => {
            const { when: _, ...rest } = type;
            onChange(when ? { ...rest, when } : rest);
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
