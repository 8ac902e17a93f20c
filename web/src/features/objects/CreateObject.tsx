import { App, Checkbox, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useTerms } from "@/i18n/terms";
import { FormDialog } from "@/shared/FormDialog";
import { CLASSES, type Definition, type Field, isSealed } from "./definition";
import { useChanged } from "./useDefinitions";
import { en, zh } from "./words";

type Fields = { zh: string; en: string; name: string; of: Field["class"]; customer: boolean; pool: boolean };

/** A definition to begin with: a title, and whose data it is. */
function beginning({ name, of, customer, pool, ...label }: Fields): Definition {
  const title: Field = {
    name: "title",
    label: { zh: zh.create.titleField, en: en.create.titleField },
    type: { kind: "text", max: 120 },
    required: true,
    unique: false,
    class: of,
    mask: { kind: "full" },
    search: isSealed(of) ? "part" : "none",
  };
  const belongs: Field = {
    name: "customer",
    label: { zh: zh.create.customerField, en: en.create.customerField },
    type: { kind: "reference", object: "customer" },
    required: true,
    unique: false,
    class: "internal",
    mask: { kind: "full" },
    search: "none",
  };
  return {
    name,
    label: { zh: label.zh.trim(), en: label.en.trim() },
    fields: customer ? [belongs, title] : [title],
    customer_field: customer ? "customer" : null,
    title_field: "title",
    has_pool: pool,
  };
}

export function CreateObject({ onClose, onMade }: { onClose: () => void; onMade: (name: string) => void }) {
  const { t } = useTranslation(["objects", "common"]);
  const term = useTerms();
  const { message } = App.useApp();
  const changed = useChanged();
  const submit = async (fields: Fields) => {
    await data(api.POST("/api/v1/admin/objects", { body: beginning(fields) as never }));
    await changed();
    void message.success(t("create.made"), 8);
    onMade(fields.name);
  };
  const need = { required: true, whitespace: true, message: t("need") };
  return (
    <FormDialog
      title={t("create.title")}
      submit={t("create.submit")}
      cancel={t("common:cancel")}
      initial={{ of: "internal", customer: true, pool: false }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted">{t("create.text")}</p>
      <Form.Item name="zh" label={t("labelZh")} rules={[need]}>
        <Input autoFocus maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="en" label={t("labelEn")} rules={[need]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="name"
        label={t("name")}
        extra={t("nameHelp")}
        rules={[need, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("badName") }]}
      >
        <Input maxLength={40} autoComplete="off" className="mono" />
      </Form.Item>
      <Form.Item name="of" label={t("create.of")} extra={t("create.ofHelp")}>
        <Select options={CLASSES.map((c) => ({ value: c, label: term("class", c) }))} />
      </Form.Item>
      <Form.Item name="customer" valuePropName="checked" extra={t("create.customerHelp")}>
        <Checkbox>{t("create.customer")}</Checkbox>
      </Form.Item>
      <Form.Item name="pool" valuePropName="checked" noStyle>
        <Checkbox>{t("create.pool")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
