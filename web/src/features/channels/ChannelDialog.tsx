// One channel: what kind, where to, and how it speaks. What is secret about it is entered and shown no more.

import { Alert, Checkbox, Form, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ChannelForm, ChannelItem } from "@/api/types";
import { FormDialog } from "@/shared/FormDialog";
import { NamedFields } from "@/shared/NamedFields";
import { KINDS, type Kind, MOST, USUAL } from "./channels";

type Fields = {
  name: string;
  zh: string;
  en: string;
  kind: Kind;
  address?: string;
  secret?: string;
  unsigned?: boolean;
  language: "zh" | "en";
  per_minute: number;
  names: boolean;
};

type Props = {
  /** None for a new one. */
  channel: ChannelItem | undefined;
  /** Whether a mail server is set. */
  mail: boolean;
  onSubmit: (form: ChannelForm) => Promise<void>;
  onClose: () => void;
};

export function ChannelDialog({ channel, mail, onSubmit, onClose }: Props) {
  const { t } = useTranslation("channels");
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form) ?? channel?.kind ?? "wecom";
  const signed = kind === "dingtalk" || kind === "feishu";
  const same = channel?.kind === kind;
  const submit = (f: Fields) => {
    const address = f.address?.trim();
    return onSubmit({
      name: f.name,
      label: { zh: f.zh.trim(), en: f.en.trim() },
      kind: f.kind,
      on: channel?.on ?? true,
      language: f.language,
      per_minute: f.per_minute,
      names: f.names,
      ...(address ? { address } : {}),
      ...(signed && f.unsigned ? { secret: "" } : signed && f.secret ? { secret: f.secret.trim() } : {}),
      renew: false,
    });
  };
  return (
    <FormDialog<Fields>
      title={channel ? t("edit") : t("add")}
      submit={t("save")}
      form={form}
      initial={{
        name: channel?.name ?? "",
        zh: channel?.label.zh ?? "",
        en: channel?.label.en ?? "",
        kind: channel?.kind ?? "wecom",
        language: channel?.language ?? "zh",
        per_minute: channel?.per_minute ?? USUAL.wecom,
        names: channel?.names ?? false,
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t("kind")}>
        <Select
          options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={(next: Kind) => form.setFieldsValue({ per_minute: USUAL[next], address: "", secret: "" })}
        />
      </Form.Item>
      {kind === "mail" && !mail && <Alert type="warning" showIcon title={t("noMail")} style={{ marginBottom: 16 }} />}
      <NamedFields kept={channel !== undefined} />
      <Form.Item
        name="address"
        label={t("address")}
        extra={same ? t("addressKept") : t(`addressHelp.${kind}`)}
        rules={[{ required: !same, whitespace: true, message: t("need") }]}
      >
        <Input className="mono" maxLength={500} autoComplete="off" inputMode={kind === "mail" ? "email" : "url"} />
      </Form.Item>
      {signed && (
        <>
          <Form.Item
            name="secret"
            label={t("secret")}
            extra={same && channel?.has_secret ? t("secretKept") : t("secretHelp")}
          >
            <Input.Password maxLength={500} autoComplete="new-password" />
          </Form.Item>
          {same && channel?.has_secret && (
            <Form.Item name="unsigned" valuePropName="checked">
              <Checkbox>{t("noSecret")}</Checkbox>
            </Form.Item>
          )}
        </>
      )}
      <Form.Item name="language" label={t("language")}>
        <Radio.Group options={(["zh", "en"] as const).map((value) => ({ value, label: t(`languages.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="per_minute"
        label={t("perMinute")}
        extra={t("perMinuteHelp")}
        rules={[{ required: true, message: t("need") }]}
      >
        <InputNumber<number> min={1} max={MOST[kind]} precision={0} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="names" valuePropName="checked" extra={t("namesHelp")}>
        <Checkbox>{t("names")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
