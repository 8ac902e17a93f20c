// What is made by administrators has a label in both languages, and a name of its own that the log tells and nobody changes.

import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";

/** Fields `zh`, `en` and `name` of a form; `kept` where the name stands already. */
export function NamedFields({ kept }: { kept: boolean }) {
  const { t } = useTranslation("common");
  const need = { required: true, whitespace: true, message: t("named.need") };
  return (
    <>
      <Form.Item name="zh" label={t("named.zh")} rules={[need]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="en" label={t("named.en")} rules={[need]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t("named.name")}
        extra={t("named.nameHelp")}
        rules={[need, { pattern: /^[a-z0-9_]{1,40}$/, message: t("named.nameHelp") }]}
      >
        <Input maxLength={40} disabled={kept} />
      </Form.Item>
    </>
  );
}
