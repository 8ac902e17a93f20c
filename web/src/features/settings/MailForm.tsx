// The mail server: where notices go out by mail, a test of it, and what could not be sent.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Select, Skeleton, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { MailServerAnswer } from "@/api/types";
import { GuideLink } from "@/shared/GuideLink";
import {
  followSecurity,
  MailServerFieldItems,
  type MailServerFields,
  mailServerBegins,
  mailServerSent,
} from "@/shared/MailServerFields";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { MailOutbox } from "./MailOutbox";
import { useSave } from "./useSave";

const MAIL = ["settings", "mail"];
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

type Fields = MailServerFields & { domains: string[] };

function ServerForm({ server }: { server: Server | null }) {
  const { t } = useTranslation(["settings", "common"]);
  const { modal } = App.useApp();
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(MAIL);
  const [form] = Form.useForm<Fields>();
  const submit = async (f: Fields) => {
    const { account, ...sent } = mailServerSent(f);
    const body = {
      ...sent,
      domains: f.domains.map((d) => d.trim().toLowerCase()),
      ...(account ? { account } : {}),
      ...(account && f.password ? { password: f.password } : {}),
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
  return (
    <Form<Fields>
      form={form}
      className="panel start-panel"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{ ...mailServerBegins(server), domains: server?.domains ?? [] }}
      onValuesChange={(changed: Partial<Fields>) => {
        unsaved.setDirty(true);
        followSecurity(form, changed);
      }}
      onFinish={(f) => void submit(f)}
    >
      <p className="muted">
        {t("mail.text")} <GuideLink page="admin" />
      </p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <MailServerFieldItems
        form={form}
        busy={busy}
        passwordHelp={server?.has_password ? t("mail.passwordKept") : t("mail.passwordHelp")}
        needsPassword={false}
      />
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
