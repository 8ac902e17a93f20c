// A card made or changed without code: which records, grouped by what, what is worked out, how it is drawn.

import { Button, Drawer, Form, Input, Select, Space, Switch } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FilterBuilder } from "@/shared/filter/FilterBuilder";
import { count, fromCondition } from "@/shared/filter/tree";
import {
  type Card,
  CHARTS,
  type Chart,
  groupFields,
  isDated,
  OWN_GROUPS,
  ownGroupLabel,
  SPANS,
  type Span,
  STEPS,
  type Step,
  valueFields,
  WORKS,
  type Work,
} from "./board";

type Fields = {
  title: string;
  object: string;
  chart: Chart;
  by1?: string;
  step1?: Step;
  by2?: string;
  step2?: Step;
  work: Work | "count";
  value?: string;
  periodField?: string;
  span?: Span;
  wide: boolean;
};

function toFields(card: Card): Fields {
  const [first, second] = card.by;
  return {
    title: card.title,
    object: card.object,
    chart: card.chart,
    work: card.value?.work ?? "count",
    wide: card.wide,
    ...(first ? { by1: first.field, ...(first.step ? { step1: first.step } : {}) } : {}),
    ...(second ? { by2: second.field, ...(second.step ? { step2: second.step } : {}) } : {}),
    ...(card.value ? { value: card.value.field } : {}),
    ...(card.period ? { periodField: card.period.field, span: card.period.span } : {}),
  };
}

type Props = { card: Card | undefined; onClose: () => void; onKeep: (card: Card) => void };

export function CardDrawer({ card, onClose, onKeep }: Props) {
  const { t } = useTranslation(["dashboards", "common"]);
  const label = useLabel();
  const { workspace } = useMe();
  const [form] = Form.useForm<Fields>();
  const objects = useMemo(() => workspace.objects.filter((o) => o.process.dashboard === undefined), [workspace]);
  const initial: Fields = card
    ? toFields(card)
    : { title: "", object: objects[0]?.name ?? "", chart: "bar", by1: "owner", work: "count", wide: false };
  const [filter, setFilter] = useState<Condition | undefined>(card?.filter);
  const [filtering, setFiltering] = useState(false);
  const watched = Form.useWatch((fields: Fields) => fields, form) ?? initial;
  const object = objects.find((o) => o.name === watched.object);
  const groups = object
    ? [
        ...groupFields(object).map((f) => ({ value: f.name, label: label(f.label) })),
        ...OWN_GROUPS.map((name) => ({ value: name as string, label: label(ownGroupLabel[name]) })),
      ]
    : [];
  const numbers = object ? valueFields(object).map((f) => ({ value: f.name, label: label(f.label) })) : [];
  const dates = object ? groups.filter((g) => isDated(object, g.value)) : [];
  const steps = STEPS.map((value) => ({ value, label: t(`step.${value}`) }));
  const grouped = watched.chart !== "number";
  const keep = (fields: Fields) => {
    if (!object) return;
    const group = (field: string | undefined, step: Step | undefined) =>
      field === undefined ? [] : [{ field, ...(isDated(object, field) ? { step: step ?? "month" } : {}) }];
    onKeep({
      title: fields.title.trim(),
      chart: fields.chart,
      object: fields.object,
      wide: fields.wide,
      by: grouped ? [...group(fields.by1, fields.step1), ...group(fields.by2, fields.step2)] : [],
      ...(fields.work !== "count" && fields.value ? { value: { field: fields.value, work: fields.work } } : {}),
      ...(filter ? { filter } : {}),
      ...(fields.periodField && fields.span ? { period: { field: fields.periodField, span: fields.span } } : {}),
    });
  };
  const needs = [{ required: true, message: t("card.need") }];
  const tests = filter ? count(fromCondition(filter)) : 0;
  return (
    <Drawer
      open
      onClose={onClose}
      title={card ? t("card.change") : t("card.add")}
      size="min(560px, 100vw)"
      destroyOnHidden
      mask={{ closable: false }}
    >
      <Form form={form} layout="vertical" initialValues={initial} requiredMark={false} onFinish={keep}>
        <Form.Item
          name="title"
          label={t("card.title")}
          rules={[{ required: true, whitespace: true, message: t("card.need") }]}
        >
          <Input maxLength={80} />
        </Form.Item>
        <div className="form-grid">
          <Form.Item name="object" label={t("card.object")} rules={needs}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={objects.map((o) => ({ value: o.name, label: label(o.label) }))}
              onChange={() => {
                form.resetFields(["value", "periodField", "span", "step1", "by2", "step2"]);
                form.setFieldsValue({ by1: "owner", by2: undefined, work: "count", value: undefined });
                form.setFieldsValue({ periodField: undefined, span: undefined });
                setFilter(undefined);
              }}
            />
          </Form.Item>
          <Form.Item name="chart" label={t("card.chart")}>
            <Select options={CHARTS.map((value) => ({ value, label: t(`chart.${value}`) }))} />
          </Form.Item>
          {grouped && (
            <>
              <Form.Item name="by1" label={t("card.by")} rules={needs}>
                <Select showSearch={{ optionFilterProp: "label" }} options={groups} />
              </Form.Item>
              {object && watched.by1 && isDated(object, watched.by1) && (
                <Form.Item name="step1" label={t("card.step")} initialValue="month">
                  <Select options={steps} />
                </Form.Item>
              )}
              <Form.Item name="by2" label={t("card.by2")}>
                <Select
                  allowClear
                  showSearch={{ optionFilterProp: "label" }}
                  options={groups.filter((g) => g.value !== watched.by1)}
                />
              </Form.Item>
              {object && watched.by2 && isDated(object, watched.by2) && (
                <Form.Item name="step2" label={t("card.step")} initialValue="month">
                  <Select options={steps} />
                </Form.Item>
              )}
            </>
          )}
          <Form.Item name="work" label={t("card.work")}>
            <Select
              options={[
                { value: "count" as const, label: t("count") },
                ...(numbers.length > 0 ? WORKS.map((value) => ({ value, label: t(`work.${value}`) })) : []),
              ]}
            />
          </Form.Item>
          {watched.work !== "count" && (
            <Form.Item name="value" label={t("card.value")} rules={needs}>
              <Select options={numbers} />
            </Form.Item>
          )}
          <Form.Item name="periodField" label={t("card.period")}>
            <Select allowClear options={dates} />
          </Form.Item>
          {watched.periodField && (
            <Form.Item name="span" label={t("card.span")} rules={needs}>
              <Select options={SPANS.map((value) => ({ value, label: t(`span.${value}`) }))} />
            </Form.Item>
          )}
        </div>
        <Form.Item label={t("card.filter")}>
          {filtering && object ? (
            <FilterBuilder
              key={object.name}
              fields={[
                ...object.fields.filter((f) => f.filterable),
                { name: "owner", label: ownGroupLabel.owner, type: { kind: "user" } },
                { name: "created_at", label: ownGroupLabel.created_at, type: { kind: "date_time" } },
              ]}
              value={filter}
              onApply={(condition) => {
                setFilter(condition);
                setFiltering(false);
              }}
            />
          ) : (
            <Button onClick={() => setFiltering(true)} disabled={object === undefined}>
              {tests > 0 ? t("card.tests", { count: tests }) : t("card.noFilter")}
            </Button>
          )}
        </Form.Item>
        <Form.Item name="wide" label={t("card.wide")} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Space>
          <Button type="primary" htmlType="submit" disabled={filtering}>
            {t("card.keep")}
          </Button>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
        </Space>
      </Form>
    </Drawer>
  );
}
