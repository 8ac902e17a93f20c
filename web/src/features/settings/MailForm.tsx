// The mail server: where notices go out by mail, a test of it, and what could not be sent.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, InputNumber, Select, Skeleton, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { MailServerAnswer } from "@/api/types";
import { GuideLink } from "@/shared/GuideLink";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { MailOutbox } from "./MailOutbox";
import { useSave } from "./useSave";

const MAIL = ["settings", "mail"];
const PORTS = { tls: 465, starttls: 587, none: 25 } as const;
type Security = keyof typeof PORTS;
type Server = NonNullable<MailServerAnswer["server"]>;

export function MailForm() {
  const query = useQuery({ queryKey: MAIL, queryFn: () => data(api.GET("/api/v1/admin/mail")) });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 5 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { server } = query.data;
  return (
    <>
      <ServerForm key={JSON.stringify(server)} server={server} />
      {server && <TestMail />}
      <MailOutbox />
    </>
  );
}

type Fields = {
  host: string;
  port: number;
  security: Security;
  account?: string;
  password?: string;
  from: string;
  domains: string[];
};

function ServerForm({ server }: { server: Server | null }) {
  const { t } = useTranslation(["settings", "common"]);
  const { modal } = App.useApp();
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(MAIL);
  const [form] = Form.useForm<Fields>();
  const security = Form.useWatch("security", form) ?? server?.security ?? "tls";
  const account = Form.useWatch("account", form) ?? server?.account ?? "";
  const submit = async (f: Fields) => {
    const word = f.account?.trim();
    const body = {
      host: f.host.trim().toLowerCase(),
      port: f.port,
      security: f.security,
      from: f.from.trim(),
      domains: f.domains.map((d) => d.trim().toLowerCase()),
      ...(word ? { account: word } : {}),
      ...(word && f.password ? { password: f.password } : {}),
    };
    if (await save(() => api.PUT("/api/v1/admin/mail", { body: { server: body } }))) unsaved.setDirty(false);
  };
  const remove = () =>
    modal.confirm({
      title: t("mail.remove"),
      content: t("mail.removeText"),
      okButtonProps: { danger: true },
      okText: t("mail.remove"),
      onOk: () => save(() => api.PUT("/api/v1/admin/mail", { body: { server: null } })),
    });
  const need = { required: true, message: t("need") };
  return (
    <Form<Fields>
      form={form}
      className="panel start-panel"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{
        host: server?.host ?? "",
        port: server?.port ?? PORTS.tls,
        security: server?.security ?? "tls",
        account: server?.account ?? "",
        from: server?.from ?? "",
        domains: server?.domains ?? [],
      }}
      onValuesChange={(changed: Partial<Fields>) => {
        unsaved.setDirty(true);
        if (changed.security) form.setFieldValue("port", PORTS[changed.security]);
      }}
      onFinish={(f) => void submit(f)}
    >
      <p className="muted">
        {t("mail.text")} <GuideLink page="admin" />
      </p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <div className="form-grid">
        <Form.Item name="host" label={t("mail.host")} rules={[{ ...need, whitespace: true }]}>
          <Input className="mono" maxLength={253} placeholder="smtp.example.com" autoComplete="off" />
        </Form.Item>
        <Form.Item name="security" label={t("mail.security")}>
          <Select
            options={(["tls", "starttls", "none"] as const).map((value) => ({ value, label: t(`mail.by.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="port" label={t("mail.port")} rules={[need]}>
          <InputNumber<number> min={1} max={65_535} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="from" label={t("mail.from")} rules={[{ ...need, whitespace: true }]}>
          <Input className="mono" maxLength={254} placeholder="crm@example.com" autoComplete="off" />
        </Form.Item>
        <Form.Item name="account" label={t("mail.account")} extra={t("mail.accountHelp")}>
          <Input className="mono" maxLength={254} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("mail.password")}
          extra={server?.has_password ? t("mail.passwordKept") : t("mail.passwordHelp")}
        >
          <Input.Password maxLength={500} autoComplete="new-password" disabled={busy || account.trim() === ""} />
        </Form.Item>
      </div>
      {security === "none" && <Alert type="warning" showIcon title={t("mail.noneText")} style={{ marginBottom: 16 }} />}
      <Form.Item name="domains" label={t("mail.domains")} extra={t("mail.domainsHelp")}>
        <Select mode="tags" tokenSeparators={[",", " ", "，", "、"]} open={false} suffixIcon={null} maxCount={50} />
      </Form.Item>
      <Space wrap>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("common:save")}
        </Button>
        {server && (
          <Button danger onClick={remove}>
            {t("mail.remove")}
          </Button>
        )}
      </Space>
    </Form>
  );
}

function TestMail() {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ProblemError>();
  const [answer, setAnswer] = useState<string>();
  const [busy, setBusy] = useState(false);
  const own = useQuery({ queryKey: ["notices", "mail"], queryFn: () => data(api.GET("/api/v1/me/mail")) });
  const send = async ({ to }: { to: string }) => {
    setBusy(true);
    setProblem(undefined);
    setAnswer(undefined);
    try {
      setAnswer((await data(api.POST("/api/v1/admin/mail/test", { body: { to: to.trim() } }))).answer);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: [...MAIL, "outbox"] });
    }
  };
  if (own.isPending) return null;
  return (
    <section className="panel start-panel" aria-label={t("mail.test")}>
      <h2>{t("mail.test")}</h2>
      <p className="muted">{t("mail.testText")}</p>
      <Form<{ to: string }>
        layout="vertical"
        requiredMark={false}
        disabled={busy}
        initialValues={{ to: own.data?.address ?? "" }}
        onFinish={(f) => void send(f)}
      >
        <Form.Item name="to" label={t("mail.to")} rules={[{ required: true, whitespace: true, message: t("need") }]}>
          <Input className="mono" maxLength={254} type="email" autoComplete="email" />
        </Form.Item>
        <Button htmlType="submit" loading={busy}>
          {t("mail.send")}
        </Button>
      </Form>
      <div aria-live="polite" className="mail-answer">
        {answer !== undefined && (
          <Alert type="success" showIcon title={t("mail.taken")} description={<code>{answer}</code>} />
        )}
        {problem && <ProblemAlert problem={problem} />}
      </div>
    </section>
  );
}
