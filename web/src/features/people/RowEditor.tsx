// One rule in full: whom it is for, what it permits or forbids, on which records, and under which conditions.

import { Button, Checkbox, DatePicker, Drawer, Form, Input, InputNumber, Radio, Select, Space, TreeSelect } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, MatrixRow, Scope, When } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { useObjects } from "@/shared/directory";
import { FilterBuilder, type FilterField } from "@/shared/filter/FilterBuilder";
import { SIMPLE } from "./CellEditor";
import { freeId } from "./draft";
import { CLASSES, OPERATIONS } from "./matrix";
import { useRuleWords } from "./ruleWords";
import { useTree } from "./tree";

const FLAGS = ["office_hours", "mfa", "purpose", "trained"] as const;
const COUNTERS = [
  "reveals_per_ten_minutes",
  "reveals_per_hour",
  "reveals_per_day",
  "customers_per_ten_minutes",
  "customers_per_hour",
  "customers_per_day",
  "exported_rows_per_hour",
  "exported_rows_per_day",
] as const;
const BEYOND = ["refuse", "step_up", "approval"] as const;
type Rate = { below: number | null; beyond: (typeof BEYOND)[number] };
const CHANNELS = ["web", "api", "agent", "import", "export", "job"];
const DUTIES = [
  "user.manage",
  "handover",
  "role.assign",
  "policy.manage",
  "object.manage",
  "setting.manage",
  "key.manage",
  "hold.manage",
  "backup",
  "audit.read",
  "audit.evidence",
  "access.explain",
  "directory.read",
  "retention.apply",
  "audit_policy.manage",
  "audit_policy.consent",
  "detection.manage",
  "grant.revoke",
  "alert.read",
  "alert.handle",
  "case.read",
  "case.handle",
  "case.report",
  "response.take",
  "canary.manage",
  "feed.manage",
];

type ClearField = FilterField & { slot?: unknown };
const isEmpty = (condition: Condition) => "all" in condition && condition.all.length === 0;

type Props = {
  row: MatrixRow | undefined;
  role: string;
  rows: MatrixRow[];
  onDone: (row: MatrixRow) => void;
  onClose: () => void;
};

const flagsOf = (when: When[]) => when.filter((w) => typeof w === "string");
const networksOf = (when: When[]) => when.flatMap((w) => (typeof w === "object" && "network" in w ? w.network : []));
const channelsOf = (when: When[]) => when.flatMap((w) => (typeof w === "object" && "channel" in w ? w.channel : []));
const rateOf = (when: When[], counter: string): Rate => {
  const found = when.flatMap((w) =>
    typeof w === "object" && "rate" in w && w.rate.counter === counter ? [w.rate] : [],
  )[0];
  return { below: found?.below ?? null, beyond: found?.beyond ?? "refuse" };
};

export function RowEditor({ row, role, rows, onDone, onClose }: Props) {
  const { t } = useTranslation(["people", "access", "common"]);
  const label = useLabel();
  const term = useTerms();
  const words = useRuleWords();
  const { workspace } = useMe();
  const objects = useObjects();
  const tree = useTree();
  const [draft, setDraft] = useState<MatrixRow>(
    () =>
      row ?? {
        id: "",
        effect: "permit",
        who: { role },
        objects: { only: [] },
        what: { operations: [] },
        scope: { kind: "own" },
        when: [],
        valid_from: null,
        valid_until: null,
        title: { zh: "", en: "" },
      },
  );
  const [missing, setMissing] = useState<string>();
  const set = (part: Partial<MatrixRow>) => setDraft({ ...draft, ...part });
  const only = draft.objects === "any" ? [] : draft.objects.only;
  const fields = objects.filter((o) => draft.objects === "any" || only.includes(o.name)).flatMap((o) => o.fields);
  // Conditions are asked of clear fields that every object of the rule has.
  const chosen = objects.filter((o) => only.includes(o.name)) as unknown as { fields: ClearField[] }[];
  const testable = (chosen[0]?.fields ?? []).filter(
    (f) => f.slot && chosen.every((o) => o.fields.some((other) => other.name === f.name && other.slot)),
  );
  const named = [...new Map(fields.map((f) => [f.name, f.label])).entries()];
  const when = (next: { flags?: When[]; network?: string[]; channel?: string[]; rate?: [string, Rate] }) => {
    const rates = COUNTERS.flatMap((counter) => {
      const { below, beyond } = next.rate?.[0] === counter ? next.rate[1] : rateOf(draft.when, counter);
      return below ? [{ rate: { counter, below, ...(beyond === "refuse" ? {} : { beyond }) } }] : [];
    });
    const network = next.network ?? networksOf(draft.when);
    const channel = next.channel ?? channelsOf(draft.when);
    set({
      when: [
        ...(next.flags ?? flagsOf(draft.when)),
        ...(network.length > 0 ? [{ network }] : []),
        ...(channel.length > 0 ? [{ channel }] : []),
        ...rates,
      ],
    });
  };
  const done = () => {
    const empty =
      "operations" in draft.what
        ? draft.what.operations.length === 0
        : ("classes" in draft.what.fields.fields ? draft.what.fields.fields.classes : draft.what.fields.fields.named)
            .length === 0;
    if (!draft.title.zh.trim() || !draft.title.en.trim()) return setMissing(t("edit.needTitle"));
    if (draft.objects !== "any" && only.length === 0) return setMissing(t("edit.needObject"));
    if (empty) return setMissing(t("edit.needWhat"));
    if (draft.scope.kind === "chosen" && draft.scope.departments.length === 0)
      return setMissing(t("edit.needDepartment"));
    if (draft.scope.kind === "condition" && isEmpty(draft.scope.condition)) return setMissing(t("edit.needCondition"));
    const who = typeof draft.who === "object" && "role" in draft.who ? draft.who.role : "rule";
    onDone(draft.id ? draft : { ...draft, id: freeId(rows, `${who}.${only[0] ?? "any"}.${draft.scope.kind}`) });
  };
  const scopes = [...SIMPLE, "chosen", "condition"] as Scope["kind"][];
  const whoKey = draft.who === "everyone" ? "*" : "role" in draft.who ? draft.who.role : undefined;
  return (
    <Drawer
      open
      onClose={onClose}
      title={row ? t("edit.ruleTitle") : t("edit.newRule")}
      size="min(640px, 100vw)"
      mask={{ closable: false }}
      footer={
        <Space wrap>
          <Button type="primary" onClick={done}>
            {t("edit.take")}
          </Button>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          {missing && <span role="alert">{missing}</span>}
        </Space>
      }
    >
      <Form layout="vertical" requiredMark={false} component="div">
        <div className="form-grid">
          <Form.Item label={t("edit.titleZh")} htmlFor="rule-zh">
            <Input
              id="rule-zh"
              maxLength={120}
              value={draft.title.zh}
              onChange={(e) => set({ title: { ...draft.title, zh: e.target.value } })}
            />
          </Form.Item>
          <Form.Item label={t("edit.titleEn")} htmlFor="rule-en">
            <Input
              id="rule-en"
              maxLength={120}
              value={draft.title.en}
              onChange={(e) => set({ title: { ...draft.title, en: e.target.value } })}
            />
          </Form.Item>
          <Form.Item label={t("edit.effect")}>
            <Radio.Group
              aria-label={t("edit.effect")}
              value={draft.effect}
              onChange={(e) => set({ effect: e.target.value as "permit" })}
              options={(["permit", "forbid"] as const).map((e) => ({ value: e, label: t(`access:${e}`) }))}
            />
          </Form.Item>
          <Form.Item label={t("rule.who")} htmlFor="rule-who">
            {whoKey === undefined ? (
              <span>{words.who(draft)}</span>
            ) : (
              <Select
                id="rule-who"
                showSearch={{ optionFilterProp: "label" }}
                value={whoKey}
                onChange={(value) => set({ who: value === "*" ? "everyone" : { role: value } })}
                options={[
                  { value: "*", label: t("roles.everyone") },
                  ...workspace.roles.map((r) => ({ value: r.name, label: label(r.label) })),
                ]}
              />
            )}
          </Form.Item>
        </div>
        <Form.Item label={t("rule.objects")} htmlFor="rule-objects">
          <Checkbox
            className="rule-any"
            checked={draft.objects === "any"}
            onChange={(e) => set({ objects: e.target.checked ? "any" : { only: [] } })}
          >
            {t("roles.anyObject")}
          </Checkbox>
          {draft.objects !== "any" && (
            <Select
              id="rule-objects"
              mode="multiple"
              value={only}
              onChange={(value) => set({ objects: { only: value } })}
              options={objects.map((o) => ({ value: o.name, label: label(o.label) }))}
            />
          )}
        </Form.Item>
        <Form.Item label={t("rule.what")}>
          <Radio.Group
            aria-label={t("rule.what")}
            value={
              "operations" in draft.what ? "operations" : "classes" in draft.what.fields.fields ? "classes" : "named"
            }
            onChange={(e) => {
              const kind = e.target.value as "operations" | "classes" | "named";
              const level = "fields" in draft.what ? draft.what.fields.level : "masked";
              if (kind === "operations") set({ what: { operations: [] } });
              else if (kind === "classes") set({ what: { fields: { fields: { classes: [] }, level } } });
              else set({ what: { fields: { fields: { named: [] }, level } } });
            }}
            options={(["operations", "classes", "named"] as const).map((k) => ({ value: k, label: t(`edit.${k}`) }))}
          />
        </Form.Item>
        {"operations" in draft.what ? (
          <Form.Item label={t("edit.operations")} htmlFor="rule-operations">
            <Select
              id="rule-operations"
              mode="multiple"
              optionFilterProp="label"
              value={draft.what.operations}
              onChange={(operations) => set({ what: { operations } })}
              options={[
                {
                  label: t("edit.onRecords"),
                  options: OPERATIONS.map((o) => ({ value: o, label: term("action", o) })),
                },
                { label: t("edit.duties"), options: DUTIES.map((o) => ({ value: o, label: term("action", o) })) },
              ]}
            />
          </Form.Item>
        ) : (
          <div className="form-grid">
            <Form.Item label={t("roles.fields")} htmlFor="rule-fields">
              {"classes" in draft.what.fields.fields ? (
                <Select
                  id="rule-fields"
                  mode="multiple"
                  value={draft.what.fields.fields.classes}
                  onChange={(classes) =>
                    "fields" in draft.what && set({ what: { fields: { ...draft.what.fields, fields: { classes } } } })
                  }
                  options={CLASSES.map((c) => ({ value: c, label: term("class", c) }))}
                />
              ) : (
                <Select
                  id="rule-fields"
                  mode="multiple"
                  optionFilterProp="label"
                  value={draft.what.fields.fields.named}
                  onChange={(names) =>
                    "fields" in draft.what &&
                    set({ what: { fields: { ...draft.what.fields, fields: { named: names } } } })
                  }
                  options={named.map(([value, text]) => ({ value, label: label(text) }))}
                />
              )}
            </Form.Item>
            <Form.Item label={t("edit.level")} htmlFor="rule-level">
              <Select
                id="rule-level"
                value={draft.what.fields.level}
                onChange={(level) =>
                  "fields" in draft.what && set({ what: { fields: { ...draft.what.fields, level } } })
                }
                options={(["masked", "read_only", "editable"] as const).map((l) => ({
                  value: l,
                  label: t(`level.${l}`),
                }))}
              />
            </Form.Item>
          </div>
        )}
        <Form.Item label={t("rule.scope")} htmlFor="rule-scope">
          <Select
            id="rule-scope"
            value={draft.scope.kind}
            onChange={(kind: Scope["kind"]) =>
              set({
                scope:
                  kind === "chosen"
                    ? { kind, departments: [], with_children: true }
                    : kind === "condition"
                      ? { kind, condition: { all: [] } }
                      : { kind },
              })
            }
            options={scopes.map((kind) => ({
              value: kind,
              label: kind === "chosen" ? t("edit.chosen") : t(`scope.${kind}`),
            }))}
          />
        </Form.Item>
        {draft.scope.kind === "chosen" && (
          <Form.Item label={t("edit.chosen")} htmlFor="rule-departments">
            <TreeSelect
              id="rule-departments"
              multiple
              treeData={tree}
              treeDefaultExpandAll
              value={draft.scope.departments}
              onChange={(departments: string[]) =>
                draft.scope.kind === "chosen" && set({ scope: { ...draft.scope, departments } })
              }
            />
            <Checkbox
              checked={draft.scope.with_children}
              onChange={(e) =>
                draft.scope.kind === "chosen" && set({ scope: { ...draft.scope, with_children: e.target.checked } })
              }
            >
              {t("people.below")}
            </Checkbox>
          </Form.Item>
        )}
        {draft.scope.kind === "condition" && (
          <fieldset className="condition-scope">
            <legend>{t("edit.condition")}</legend>
            <p className="muted">{t("edit.conditionText")}</p>
            <FilterBuilder
              fields={testable}
              value={isEmpty(draft.scope.condition) ? undefined : draft.scope.condition}
              onApply={(condition) => set({ scope: { kind: "condition", condition: condition ?? { all: [] } } })}
            />
          </fieldset>
        )}
        <Form.Item label={draft.effect === "permit" ? t("edit.whenAll") : t("edit.whenUnless")}>
          <Checkbox.Group
            value={flagsOf(draft.when)}
            onChange={(flags) => when({ flags: flags as When[] })}
            options={FLAGS.map((f) => ({ value: f, label: t(`when.${f}`) }))}
          />
        </Form.Item>
        <div className="form-grid">
          <Form.Item label={t("edit.networks")} htmlFor="rule-networks" extra={t("edit.networksHelp")}>
            <Select
              id="rule-networks"
              mode="tags"
              open={false}
              suffixIcon={null}
              value={networksOf(draft.when)}
              onChange={(network: string[]) => when({ network })}
              tokenSeparators={[",", " "]}
            />
          </Form.Item>
          <Form.Item label={t("edit.channels")} htmlFor="rule-channels">
            <Select
              id="rule-channels"
              mode="multiple"
              value={channelsOf(draft.when)}
              onChange={(channel: string[]) => when({ channel })}
              options={CHANNELS.map((c) => ({ value: c, label: term("channel", c) }))}
            />
          </Form.Item>
          {COUNTERS.map((counter) => {
            const rate = rateOf(draft.when, counter);
            return (
              <Form.Item key={counter} label={t(`edit.${counter}`)} htmlFor={`rule-${counter}`}>
                <Space.Compact block>
                  <InputNumber<number>
                    id={`rule-${counter}`}
                    min={1}
                    max={1_000_000}
                    precision={0}
                    value={rate.below}
                    onChange={(below) => when({ rate: [counter, { ...rate, below }] })}
                    style={{ width: "50%" }}
                  />
                  <Select
                    aria-label={`${t(`edit.${counter}`)}: ${t("edit.beyond")}`}
                    disabled={rate.below === null}
                    value={rate.beyond}
                    onChange={(beyond) => when({ rate: [counter, { ...rate, beyond }] })}
                    options={BEYOND.map((value) => ({ value, label: t(`beyond.${value}`) }))}
                    style={{ width: "50%" }}
                  />
                </Space.Compact>
              </Form.Item>
            );
          })}
          {(["valid_from", "valid_until"] as const).map((name) => (
            <Form.Item key={name} label={t(`edit.${name}`)} htmlFor={`rule-${name}`}>
              <DatePicker
                id={`rule-${name}`}
                showTime={{ format: "HH:mm" }}
                format="YYYY-MM-DD HH:mm"
                value={draft[name] === null ? null : dayjs(draft[name])}
                onChange={(d) => set({ [name]: d ? d.valueOf() : null })}
                style={{ width: "100%" }}
              />
            </Form.Item>
          ))}
        </div>
      </Form>
    </Drawer>
  );
}
