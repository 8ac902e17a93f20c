// The fields of a mail server, of the first setup and of the settings.

import { Alert, Form, type FormInstance, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";

/** The usual port of each kind of encryption. */
export const MAIL_PORTS = { tls: 465, starttls: 587, none: 25 } as const;

export type MailServerFields = {
  host: string;
  port: number;
  security: keyof typeof MAIL_PORTS;
  account?: string;
  password?: string;
  from: string;
};

type Known = { host: string; port: number; security: keyof typeof MAIL_PORTS; account?: string | null; from: string };

/** What a form of them begins with. */
export const mailServerBegins = (server: Known | null | undefined): MailServerFields => ({
  host: server?.host ?? "",
  port: server?.port ?? MAIL_PORTS.tls,
  security: server?.security ?? "tls",
  account: server?.account ?? "",
  from: server?.from ?? "",
});

/** What is sent of them. Without an account there is no password. */
export const mailServerSent = (f: MailServerFields) => ({
  host: f.host.trim().toLowerCase(),
  port: f.port,
  security: f.security,
  from: f.from.trim(),
  account: f.account?.trim() || null,
});

/** To be told of each change in the form: another encryption has another usual port. */
export function followSecurity(form: FormInstance, changed: Partial<MailServerFields>): void {
  if (changed.security) form.setFieldValue("port", MAIL_PORTS[changed.security]);
}

type Props = {
  form: FormInstance;
  busy: boolean;
  passwordHelp: string /** An account has a password. */;
  needsPassword: boolean;
};

export function MailServerFieldItems({ form, busy, passwordHelp, needsPassword }: Props) {
  const { t } = useTranslation("settings");
  const security = Form.useWatch("security", { form, preserve: true });
  const account: string = Form.useWatch("account", { form, preserve: true }) ?? "";
  const need = { required: true, whitespace: true, message: t("need") };
  return (
    <>
      <div className="form-grid">
        <Form.Item name="host" label={t("mail.host")} rules={[need]}>
          <Input className="mono" maxLength={253} placeholder="smtp.example.com" autoComplete="off" />
        </Form.Item>
        <Form.Item name="security" label={t("mail.security")}>
          <Select
            options={(["tls", "starttls", "none"] as const).map((value) => ({ value, label: t(`mail.by.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="port" label={t("mail.port")} rules={[{ required: true, message: t("need") }]}>
          <InputNumber<number> min={1} max={65_535} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="from" label={t("mail.from")} rules={[need]}>
          <Input className="mono" maxLength={254} placeholder="crm@example.com" autoComplete="off" />
        </Form.Item>
        <Form.Item name="account" label={t("mail.account")} extra={t("mail.accountHelp")}>
          <Input className="mono" maxLength={254} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("mail.password")}
          extra={passwordHelp}
          dependencies={["account"]}
          rules={[
            {
              validator: (_, text: string) =>
                needsPassword && account.trim() !== "" && !text
                  ? Promise.reject(new Error(t("need")))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input.Password maxLength={500} autoComplete="new-password" disabled={busy || account.trim() === ""} />
        </Form.Item>
      </div>
      {security === "none" && <Alert type="warning" showIcon title={t("mail.noneText")} style={{ marginBottom: 16 }} />}
    </>
  );
}
