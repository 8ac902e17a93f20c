// A field: what it is called, what it holds, how sensitive it is. Name and type are chosen once; what else may change, the server
// knows, because it knows whether there are records.

import { Alert, App, Button, Checkbox, Drawer, Form, Input, InputNumber, Select, Space } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { useObjects } from "@/shared/directory";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import {
  CLASSES,
  type Definition,
  emptyField,
  type Field,
  filesOf,
  isBeside,
  isCounted,
  isLookedUp,
  isSealed,
  isSingle,
  KINDS,
  type Kind,
  MASKS,
  maskFor,
  patch,
  SEARCHES,
  sampleNumber,
  typeOf,
} from "./definition";
import { LookedUpType } from "./LookedUpType";
import { OptionList } from "./OptionList";
import { useChanged } from "./useDefinitions";

type Props = { object: Definition; field: Field | undefined; onClose: () => void };

export function FieldDrawer({ object, field, onClose }: Props) {
  const { t } = useTranslation(["objects", "common"]);
  const label = useLabel();
  const term = useTerms();
  const { message, modal } = App.useApp();
  const changed = useChanged();
  const objects = useObjects();
  const unsaved = useUnsaved();
  const [draft, setDraft] = useState<Field>(() => field ?? emptyField());
  const [problem, setProblem] = useState<ProblemError>();
  const [missing, setMissing] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { setDirty } = unsaved;
  const differs = field
    ? Object.keys(patch(field, draft))
    : JSON.stringify(draft) === JSON.stringify(emptyField())
      ? []
      : ["new"];
  useEffect(() => setDirty(differs.length > 0), [differs.length, setDirty]);
  const set = (part: Partial<Field>) => setDraft({ ...draft, ...part });
  const close = () => void unsaved.close(onClose);
  const setClass = (of: Field["class"]) =>
    set({
      class: of,
      search: isSealed(of) ? (draft.unique ? "exact" : draft.search) : "none",
      sorted: !isSealed(of) && (draft.sorted ?? false),
    });
  const wrong = (): string | undefined => {
    if (!draft.label.zh.trim() || !draft.label.en.trim()) return t("field.needLabel");
    if (!field && !/^[a-z][a-z0-9_]{0,39}$/.test(draft.name)) return t("badName");
    if (!field && object.fields.some((f) => f.name === draft.name)) return t("field.taken");
    const { kind, through, field: wanted, object: over, by } = draft.type;
    if ((kind === "lookup" && !(through && wanted)) || (kind === "roll_up" && !(over && by)))
      return t("field.needLookup");
    const options = draft.type.options;
    if (options?.length === 0) return t("field.needOption");
    if (options?.some((o) => !o.value.trim() || !o.label.zh.trim() || !o.label.en.trim())) return t("field.badOption");
    return undefined;
  };
  const save = async () => {
    const bad = wrong();
    setMissing(bad);
    if (bad) return;
    setBusy(true);
    setProblem(undefined);
    try {
      if (field) {
        const params = { path: { object: object.name, field: field.name } };
        const limits = "files" in patch(field, draft) ? filesOf(draft) : undefined;
        if (limits) {
          const path = "/api/v1/admin/objects/{object}/fields/{field}/misfits" as const;
          const { other_types, too_many } = await data(api.POST(path, { params, body: limits }));
          const goOn =
            other_types + too_many === 0 ||
            (await modal.confirm({
              title: t("field.misfits"),
              content: t("field.misfitsText", { types: other_types, records: too_many }),
              okText: t("common:save"),
            }));
          if (!goOn) return;
        }
        await data(
          api.PATCH("/api/v1/admin/objects/{object}/fields/{field}", { params, body: patch(field, draft) as never }),
        );
      } else {
        const params = { path: { object: object.name } };
        await data(api.POST("/api/v1/admin/objects/{object}/fields", { params, body: draft as never }));
      }
      unsaved.release(true);
      await changed();
      void message.success(t("field.saved"));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const { kind } = draft.type;
  return (
    <Drawer
      open
      onClose={close}
      title={field ? t("field.edit", { name: label(field.label) }) : t("field.add")}
      size="min(600px, 100vw)"
      mask={{ closable: false }}
      footer={
        <Space wrap>
          <Button type="primary" loading={busy} disabled={differs.length === 0} onClick={() => void save()}>
            {t("common:save")}
          </Button>
          <Button onClick={close}>{t("common:cancel")}</Button>
          {missing && <span role="alert">{missing}</span>}
        </Space>
      }
    >
      <Form layout="vertical" requiredMark={false} component="div">
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <div className="form-grid">
          <Form.Item label={t("labelZh")} htmlFor="field-zh">
            <Input
              id="field-zh"
              maxLength={60}
              value={draft.label.zh}
              onChange={(e) => set({ label: { ...draft.label, zh: e.target.value } })}
            />
          </Form.Item>
          <Form.Item label={t("labelEn")} htmlFor="field-en">
            <Input
              id="field-en"
              maxLength={60}
              value={draft.label.en}
              onChange={(e) => set({ label: { ...draft.label, en: e.target.value } })}
            />
          </Form.Item>
          <Form.Item label={t("name")} htmlFor="field-name" extra={t("nameHelp")}>
            <Input
              id="field-name"
              className="mono"
              maxLength={40}
              disabled={field !== undefined}
              value={draft.name}
              onChange={(e) => set({ name: e.target.value })}
            />
          </Form.Item>
          <Form.Item label={t("field.type")} htmlFor="field-type" extra={t("field.typeHelp")}>
            <Select<Kind>
              id="field-type"
              showSearch={{ optionFilterProp: "label" }}
              disabled={field !== undefined}
              value={kind}
              onChange={(next) => {
                const { formula, numbered, ...rest } = draft;
                const of = isLookedUp(next) && isSealed(draft.class) ? "internal" : draft.class;
                setDraft({
                  ...rest,
                  ...(formula && isCounted(next) ? { formula } : {}),
                  ...(numbered && next === "text" ? { numbered } : {}),
                  ...(isBeside(next) ? { required: false, unique: false, search: "none" as const } : {}),
                  class: of,
                  type: typeOf(next, draft.type),
                  mask: maskFor(next),
                  sorted: isSingle(next) && (draft.sorted ?? false),
                });
              }}
              options={KINDS.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
            />
          </Form.Item>
          {kind === "text" && (
            <Form.Item label={t("field.max")} htmlFor="field-max">
              <InputNumber<number>
                id="field-max"
                min={1}
                max={2000}
                precision={0}
                disabled={field !== undefined}
                value={draft.type.max ?? 120}
                onChange={(max) => set({ type: { ...draft.type, max: max ?? 120 } })}
                style={{ width: "100%" }}
              />
            </Form.Item>
          )}
          {kind === "attachment" && (
            <>
              <Form.Item label={t("field.mostFiles")} htmlFor="field-most-files">
                <InputNumber<number>
                  id="field-most-files"
                  min={1}
                  max={50}
                  precision={0}
                  value={draft.type.max ?? 10}
                  onChange={(max) => set({ type: { ...draft.type, max: max ?? 10 } })}
                  style={{ width: "100%" }}
                />
              </Form.Item>
              <Form.Item label={t("field.fileTypes")} htmlFor="field-file-types" extra={t("field.fileTypesHelp")}>
                <Select
                  id="field-file-types"
                  mode="tags"
                  open={false}
                  suffixIcon={null}
                  tokenSeparators={[",", " ", "，", "、"]}
                  value={draft.type.types ?? []}
                  onChange={(typed: string[]) => {
                    const types = [...new Set(typed.map((e) => e.trim().replace(/^\./, "").toLowerCase()))];
                    set({ type: { kind, max: draft.type.max ?? 10, ...(types.length > 0 ? { types } : {}) } });
                  }}
                />
              </Form.Item>
            </>
          )}
          {(kind === "number" || kind === "money") && (
            <Form.Item label={t("field.scale")} htmlFor="field-scale">
              <InputNumber<number>
                id="field-scale"
                min={0}
                max={kind === "money" ? 4 : 6}
                precision={0}
                disabled={field !== undefined}
                value={draft.type.scale ?? 0}
                onChange={(scale) => set({ type: { ...draft.type, scale: scale ?? 0 } })}
                style={{ width: "100%" }}
              />
            </Form.Item>
          )}
          {kind === "reference" && (
            <Form.Item label={t("field.object")} htmlFor="field-object">
              <Select
                id="field-object"
                disabled={field !== undefined}
                value={draft.type.object ?? "customer"}
                onChange={(to) => set({ type: { kind, object: to } })}
                options={objects.map((o) => ({ value: o.name, label: label(o.label) }))}
              />
            </Form.Item>
          )}
          {isLookedUp(kind) && (
            <LookedUpType
              object={object}
              type={draft.type}
              fixed={field !== undefined}
              onChange={(type) => set({ type })}
            />
          )}
        </div>
        {kind === "text" && !isSealed(draft.class) && (
          <Form.Item
            label={t("field.numbered")}
            htmlFor="field-numbered"
            extra={
              <>
                {t("field.numberedHelp")}
                {draft.numbered && <> {t("field.numberedAs", { number: sampleNumber(draft.numbered) })}</>}
              </>
            }
          >
            <Input
              id="field-numbered"
              className="mono"
              maxLength={60}
              placeholder="HT-{yyyy}{mm}-{0000}"
              value={draft.numbered ?? ""}
              onChange={(e) => {
                const { numbered: _, ...rest } = draft;
                const numbered = e.target.value;
                // The house gives it, to each record another.
                setDraft(numbered ? { ...rest, numbered, required: false, unique: true } : rest);
              }}
            />
          </Form.Item>
        )}
        {isCounted(kind) && !isSealed(draft.class) && (
          <Form.Item label={t("field.formula")} htmlFor="field-formula" extra={t("field.formulaHelp")}>
            <Input
              id="field-formula"
              className="mono"
              maxLength={200}
              disabled={field !== undefined}
              placeholder="quantity * unit_price"
              value={draft.formula ?? ""}
              onChange={(e) => {
                const { formula: _, ...rest } = draft;
                // What is worked out is nobody's to require.
                const formula = e.target.value;
                setDraft(formula ? { ...rest, formula, required: false, unique: false } : rest);
              }}
            />
          </Form.Item>
        )}
        {(kind === "choice" || kind === "multi_choice") && (
          <Form.Item label={t("field.options")}>
            <OptionList
              options={draft.type.options ?? []}
              kept={field?.type.options ?? []}
              onChange={(options) => set({ type: { ...draft.type, options } })}
            />
          </Form.Item>
        )}
        <div className="form-grid">
          <Form.Item label={t("field.class")} htmlFor="field-class" extra={t(`classHelp.${draft.class}`)}>
            <Select
              id="field-class"
              value={draft.class}
              onChange={setClass}
              options={CLASSES.filter((c) => !(isLookedUp(kind) && isSealed(c))).map((c) => ({
                value: c,
                label: term("class", c),
              }))}
            />
          </Form.Item>
          {!isBeside(kind) && (
            <Form.Item label={t("field.mask")} htmlFor="field-mask" extra={t(`maskHelp.${draft.mask.kind}`)}>
              <Select
                id="field-mask"
                value={draft.mask.kind}
                onChange={(next) =>
                  set({ mask: next === "custom" ? { kind: next, head: 1, tail: 1 } : { kind: next } })
                }
                options={MASKS.map((m) => ({ value: m, label: t(`mask.${m}`) }))}
              />
            </Form.Item>
          )}
          {draft.mask.kind === "custom" &&
            (["head", "tail"] as const).map((end) => (
              <Form.Item key={end} label={t(`field.${end}`)} htmlFor={`field-${end}`}>
                <InputNumber<number>
                  id={`field-${end}`}
                  min={0}
                  max={20}
                  precision={0}
                  value={draft.mask[end] ?? 0}
                  onChange={(n) => set({ mask: { ...draft.mask, [end]: n ?? 0 } })}
                  style={{ width: "100%" }}
                />
              </Form.Item>
            ))}
          {isSealed(draft.class) && !isBeside(kind) && (
            <Form.Item label={t("field.search")} htmlFor="field-search" extra={t("field.searchHelp")}>
              <Select
                id="field-search"
                value={draft.search}
                onChange={(search) => set({ search })}
                options={SEARCHES.map((s) => ({ value: s, label: t(`searchBy.${s}`) }))}
              />
            </Form.Item>
          )}
        </div>
        {!isLookedUp(kind) && (
          <Space orientation="vertical">
            <Checkbox
              checked={draft.required}
              disabled={draft.formula !== undefined || draft.numbered !== undefined}
              onChange={(e) => set({ required: e.target.checked })}
            >
              {t(kind === "attachment" ? "field.requiredFiles" : "field.required")}
            </Checkbox>
            {!isBeside(kind) && (
              <Checkbox
                checked={draft.unique}
                disabled={draft.formula !== undefined || draft.numbered !== undefined}
                onChange={(e) =>
                  set({
                    unique: e.target.checked,
                    ...(e.target.checked && isSealed(draft.class) ? { search: "exact" as const } : {}),
                  })
                }
              >
                {t("field.uniqueHelp")}
              </Checkbox>
            )}
            {!isSealed(draft.class) && isSingle(kind) && (
              <Checkbox checked={draft.sorted ?? false} onChange={(e) => set({ sorted: e.target.checked })}>
                {t("field.sortedHelp")}
              </Checkbox>
            )}
          </Space>
        )}
        {!field && <Alert type="info" showIcon style={{ marginTop: 16 }} title={t("field.whoSees")} />}
        {field && differs.length > 0 && (
          <section className="field-diff" aria-label={t("field.diff")}>
            <h2>{t("field.diff")}</h2>
            <ul>
              {differs.map((part) => (
                <li key={part}>{t(`part.${part as "label"}`)}</li>
              ))}
            </ul>
          </section>
        )}
      </Form>
    </Drawer>
  );
}
