// Rules of an object type: which fields must be filled in under a condition, and what must hold of a record, in the company's words.

import { App, Button, Empty, Form, Input, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { operatorOf } from "@/shared/filter/tree";
import { useConditionWords } from "@/shared/filter/words";
import { DeleteIcon, EditIcon, FilterIcon, PlusIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { ConditionDialog } from "./ConditionDialog";
import {
  type Check,
  COMPARED,
  type Comparing,
  comparable,
  type Definition,
  type Field,
  isGiven,
  type RequiredIf,
} from "./definition";
import { useChanged } from "./useDefinitions";

type Props = { object: Definition; may: boolean };
type Editing = { at: number; field?: Field };

export function RulesTab({ object, may }: Props) {
  const { t } = useTranslation(["objects", "common"]);
  const label = useLabel();
  const words = useConditionWords();
  const { message } = App.useApp();
  const changed = useChanged();
  const [problem, setProblem] = useState<ProblemError>();
  const [required, setRequired] = useState<Editing>();
  const [check, setCheck] = useState<number>();
  const needs = object.required_if ?? [];
  const checks = object.checks ?? [];
  const name = (field: string) => {
    const found = object.fields.find((f) => f.name === field);
    return found ? label(found.label) : field;
  };
  const said = (field: string, op: Comparing) => {
    const kind = object.fields.find((f) => f.name === field)?.type.kind;
    return t(`common:filter.op.${operatorOf(kind, op)}`);
  };
  const send = async (body: { required_if?: RequiredIf[]; checks?: Check[] }) => {
    await data(
      api.PATCH("/api/v1/admin/objects/{object}", {
        params: { path: { object: object.name } },
        body: body as never,
      }),
    );
    await changed();
    void message.success(t("rules.kept"));
  };
  const keep = async (body: Parameters<typeof send>[0]) => {
    setProblem(undefined);
    try {
      await send(body);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const free = object.fields.filter(
    (f) => !f.required && !isGiven(f) && !needs.some((r, n) => r.field === f.name && n !== required?.at),
  );
  const acts = (what: string, onEdit: () => void, onDrop: () => void) =>
    may && (
      <span className="field-acts">
        <Button size="small" icon={<EditIcon />} aria-label={t("rules.edit", { name: what })} onClick={onEdit} />
        <Button size="small" icon={<DeleteIcon />} aria-label={t("rules.drop", { name: what })} onClick={onDrop} />
      </span>
    );
  return (
    <div className="roles-part">
      {problem && <ProblemAlert problem={problem} />}
      <section className="rules-part" aria-labelledby="rules-required">
        <h2 id="rules-required">{t("rules.required")}</h2>
        <p className="muted page-text">{t("rules.requiredText")}</p>
        {needs.length > 0 ? (
          <ul className="panel field-list">
            {needs.map((rule, n) => (
              <li key={rule.field} className="field-row">
                <span className="rule-text">
                  <strong>{name(rule.field)}</strong>{" "}
                  <span className="muted">{t("rules.when", { when: words(rule.when, object.fields) })}</span>
                </span>
                {acts(
                  name(rule.field),
                  () => {
                    const field = object.fields.find((f) => f.name === rule.field);
                    setRequired({ at: n, ...(field ? { field } : {}) });
                  },
                  () => void keep({ required_if: needs.filter((_, i) => i !== n) }),
                )}
              </li>
            ))}
          </ul>
        ) : (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("rules.noRequired")} />
        )}
        {may && (
          <Select
            className="user-choice"
            aria-label={t("rules.addRequired")}
            placeholder={t("rules.addRequired")}
            value={null}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(of: string | null) => {
              const field = object.fields.find((f) => f.name === of);
              if (field) setRequired({ at: needs.length, field });
            }}
            options={free.map((f) => ({ value: f.name, label: label(f.label) }))}
          />
        )}
      </section>
      <section className="rules-part" aria-labelledby="rules-checks">
        <h2 id="rules-checks">{t("rules.checks")}</h2>
        <p className="muted page-text">{t("rules.checksText")}</p>
        {checks.length > 0 ? (
          <ul className="panel field-list">
            {checks.map((rule, n) => (
              <li key={JSON.stringify(rule)} className="field-row">
                <span className="rule-text">
                  <strong>{label(rule.message)}</strong>{" "}
                  <span className="muted">
                    {rule.must.compare
                      ? t("rules.compared", {
                          left: name(rule.must.compare.left),
                          op: said(rule.must.compare.left, rule.must.compare.op),
                          right: name(rule.must.compare.right),
                        })
                      : rule.must.hold && words(rule.must.hold, object.fields)}
                  </span>
                </span>
                {acts(
                  label(rule.message),
                  () => setCheck(n),
                  () => void keep({ checks: checks.filter((_, i) => i !== n) }),
                )}
              </li>
            ))}
          </ul>
        ) : (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("rules.noChecks")} />
        )}
        {may && (
          <Button icon={<PlusIcon />} onClick={() => setCheck(checks.length)}>
            {t("rules.addCheck")}
          </Button>
        )}
      </section>
      {required?.field && (
        <ConditionDialog
          title={t("rules.requiredTitle", { name: label(required.field.label) })}
          text={t("rules.requiredWhen")}
          fields={object.fields.filter((f) => f.name !== required.field?.name)}
          value={needs[required.at]?.when}
          without={t("rules.never")}
          onChange={(when) => {
            const { at, field } = required;
            const next = needs.filter((_, i) => i !== at);
            if (when && field) next.splice(at, 0, { field: field.name, when });
            setRequired(undefined);
            void keep({ required_if: next });
          }}
          onClose={() => setRequired(undefined)}
        />
      )}
      {check !== undefined && (
        <CheckDialog
          object={object}
          check={checks[check]}
          onSubmit={async (next) => {
            const all = [...checks];
            all[check] = next;
            await send({ checks: all });
            setCheck(undefined);
          }}
          onClose={() => setCheck(undefined)}
        />
      )}
    </div>
  );
}

type Fields = {
  how: "compare" | "hold";
  left: string;
  op: Comparing;
  right: string;
  field: string;
  zh: string;
  en: string;
};

type DialogProps = {
  object: Definition;
  check: Check | undefined;
  onSubmit: (check: Check) => Promise<void>;
  onClose: () => void;
};

function CheckDialog({ object, check, onSubmit, onClose }: DialogProps) {
  const { t } = useTranslation(["objects", "common"]);
  const label = useLabel();
  const words = useConditionWords();
  const [form] = Form.useForm<Fields>();
  const how = Form.useWatch("how", form) ?? (check?.must.hold ? "hold" : "compare");
  const left = Form.useWatch("left", form) ?? check?.must.compare?.left;
  const [when, setWhen] = useState<Condition | undefined>(check?.must.hold);
  const [asking, setAsking] = useState(false);
  const [missing, setMissing] = useState(false);
  const clear = object.fields.filter((f) => comparable(f).length > 0);
  const first = clear.find((f) => f.name === left);
  const options = (fields: readonly Field[]) => fields.map((f) => ({ value: f.name, label: label(f.label) }));
  const need = { required: true, whitespace: true, message: t("need") };
  const submit = async ({ left, op, right, field, zh, en, how }: Fields) => {
    if (how === "hold" && !when) return setMissing(true);
    const must = how === "hold" && when ? { hold: when } : { compare: { left, op, right } };
    await onSubmit({ field, must, message: { zh: zh.trim(), en: en.trim() } });
  };
  return (
    <>
      <FormDialog<Fields>
        title={check ? t("rules.editCheck") : t("rules.addCheck")}
        submit={t("common:save")}
        form={form}
        initial={{
          how,
          left: check?.must.compare?.left,
          op: check?.must.compare?.op ?? "ge",
          right: check?.must.compare?.right,
          field: check?.field,
          zh: check?.message.zh ?? "",
          en: check?.message.en ?? "",
        }}
        onSubmit={submit}
        onClose={onClose}
      >
        <Form.Item name="how" label={t("rules.how")}>
          <Select
            options={[
              { value: "compare", label: t("rules.howCompare") },
              { value: "hold", label: t("rules.howHold") },
            ]}
          />
        </Form.Item>
        {how === "compare" ? (
          <div className="form-grid" data-columns={3}>
            <Form.Item name="left" label={t("rules.left")} rules={[need]}>
              <Select options={options(clear)} onChange={() => form.setFieldsValue({ right: undefined as never })} />
            </Form.Item>
            <Form.Item name="op" label={t("rules.opLabel")}>
              <Select
                options={COMPARED.map((op) => ({
                  value: op,
                  label: t(`common:filter.op.${operatorOf(first?.type.kind, op)}`),
                }))}
              />
            </Form.Item>
            <Form.Item name="right" label={t("rules.right")} rules={[need]}>
              <Select
                options={options(
                  first
                    ? clear.filter((f) => f.name !== first.name && comparable(f)[0] === comparable(first)[0])
                    : clear,
                )}
              />
            </Form.Item>
          </div>
        ) : (
          <Form.Item label={t("rules.hold")}>
            <Space wrap>
              <Button icon={<FilterIcon />} onClick={() => setAsking(true)}>
                {when ? words(when, object.fields) : t("rules.chooseHold")}
              </Button>
              {missing && !when && <span role="alert">{t("need")}</span>}
            </Space>
          </Form.Item>
        )}
        <Form.Item name="field" label={t("rules.at")} extra={t("rules.atHelp")} rules={[need]}>
          <Select options={options(object.fields.filter((f) => !isGiven(f)))} />
        </Form.Item>
        <Form.Item name="zh" label={t("rules.messageZh")} rules={[need]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="en" label={t("rules.messageEn")} rules={[need]}>
          <Input maxLength={200} />
        </Form.Item>
      </FormDialog>
      {asking && (
        <ConditionDialog
          title={t("rules.hold")}
          text={t("rules.holdText")}
          fields={object.fields}
          value={when}
          without={t("rules.never")}
          onChange={(next) => {
            setWhen(next);
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
