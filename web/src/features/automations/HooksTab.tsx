// Systems outside that rules tell, and hosts inside that may be told. A secret is shown once.

import { useQueryClient } from "@tanstack/react-query";
import {
  Alert,
  App,
  Button,
  Empty,
  Form,
  Input,
  Modal,
  Popconfirm,
  Select,
  Skeleton,
  Space,
  Switch,
  Table,
} from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { HookForm, HookItem } from "@/api/types";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { NamedFields } from "@/shared/NamedFields";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { HOOKS, useHooks } from "./automations";

type Fields = { name: string; zh: string; en: string; url: string };

export function HooksTab() {
  const { t } = useTranslation("automations");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const hooks = useHooks();
  const [editing, setEditing] = useState<HookItem | "new">();
  const [secret, setSecret] = useState<string>();
  const [problem, setProblem] = useState<ProblemError>();
  if (hooks.isPending) return <Skeleton active />;
  if (hooks.isError) return <ProblemPage problem={asProblem(hooks.error)} onRetry={() => void hooks.refetch()} />;
  const { hosts, hooks: all } = hooks.data;
  const put = async (nextHosts: string[], next: HookForm[]) => {
    const given = await data(api.PUT("/api/v1/admin/webhooks", { body: { hosts: nextHosts, hooks: next } }));
    void message.success(t("saved"));
    await queries.invalidateQueries({ queryKey: HOOKS });
    const [made] = Object.values(given.secrets);
    if (made) setSecret(made);
  };
  const tried = async (nextHosts: string[], next: HookForm[]) => {
    setProblem(undefined);
    try {
      await put(nextHosts, next);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {t("hooks.add")}
    </Button>
  );
  return (
    <>
      <p className="muted automations-note">{t("hooks.text")}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      <div className="automations-act">{all.length > 0 && add}</div>
      {all.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("hooks.none")}>
          {add}
        </Empty>
      ) : (
        <Table<HookItem>
          className="panel"
          rowKey="name"
          dataSource={all}
          pagination={false}
          scroll={{ x: "max-content" }}
          columns={[
            {
              title: t("hooks.hook"),
              render: (_, h) => (
                <Button type="link" className="automations-open" onClick={() => setEditing(h)}>
                  {label(h.label)}
                </Button>
              ),
            },
            { title: t("hooks.url"), render: (_, h) => <code className="automations-id">{h.url}</code> },
            {
              title: t("on"),
              render: (_, h) => (
                <Switch
                  checked={h.on}
                  aria-label={`${t("on")}: ${label(h.label)}`}
                  onChange={(on) =>
                    void tried(
                      hosts,
                      all.map((o) => ({ ...o, on: o === h ? on : o.on, renew: false })),
                    )
                  }
                />
              ),
            },
            {
              title: "",
              render: (_, h) => (
                <Space>
                  <Popconfirm
                    title={t("hooks.confirmRenew")}
                    okText={t("hooks.renew")}
                    onConfirm={() =>
                      void tried(
                        hosts,
                        all.map((o) => ({ ...o, renew: o === h })),
                      )
                    }
                  >
                    <Button size="small">{t("hooks.renew")}</Button>
                  </Popconfirm>
                  <Popconfirm
                    title={t("confirmRemove", { name: label(h.label) })}
                    okText={t("remove")}
                    onConfirm={() =>
                      void tried(
                        hosts,
                        all.filter((o) => o !== h).map((o) => ({ ...o, renew: false })),
                      )
                    }
                  >
                    <Button size="small" danger>
                      {t("remove")}
                    </Button>
                  </Popconfirm>
                </Space>
              ),
            },
          ]}
        />
      )}
      <Hosts
        key={hosts.join(" ")}
        hosts={hosts}
        onSave={(next) =>
          tried(
            next,
            all.map((o) => ({ ...o, renew: false })),
          )
        }
      />
      {editing && (
        <FormDialog<Fields>
          title={editing === "new" ? t("hooks.add") : label(editing.label)}
          submit={t("save")}
          initial={
            editing === "new"
              ? { name: "", zh: "", en: "", url: "https://" }
              : { name: editing.name, zh: editing.label.zh, en: editing.label.en, url: editing.url }
          }
          onClose={() => setEditing(undefined)}
          onSubmit={async (f) => {
            const next = { name: f.name, label: { zh: f.zh.trim(), en: f.en.trim() }, url: f.url.trim(), renew: false };
            await put(
              hosts,
              editing === "new"
                ? [...all.map((o) => ({ ...o, renew: false })), { ...next, on: true }]
                : all.map((o) => (o.name === f.name ? { ...next, on: o.on } : { ...o, renew: false })),
            );
            setEditing(undefined);
          }}
        >
          <NamedFields kept={editing !== "new"} />
          <Form.Item
            name="url"
            label={t("hooks.url")}
            extra={t("hooks.urlHelp")}
            rules={[{ required: true, whitespace: true, message: t("need") }]}
          >
            <Input maxLength={500} inputMode="url" />
          </Form.Item>
        </FormDialog>
      )}
      <Modal
        open={secret !== undefined}
        title={t("hooks.secret")}
        okText={t("hooks.kept")}
        cancelButtonProps={{ style: { display: "none" } }}
        closable={false}
        maskClosable={false}
        onOk={() => setSecret(undefined)}
      >
        <Alert type="warning" showIcon title={t("hooks.once")} style={{ marginBottom: 12 }} />
        <Input.TextArea readOnly rows={2} value={secret} aria-label={t("hooks.secret")} />
      </Modal>
    </>
  );
}

function Hosts({ hosts, onSave }: { hosts: string[]; onSave: (hosts: string[]) => Promise<void> }) {
  const { t } = useTranslation("automations");
  const [now, setNow] = useState(hosts);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    await onSave(now.map((h) => h.trim().toLowerCase()));
    setBusy(false);
  };
  return (
    <Form layout="vertical" className="panel automations-hosts">
      <Form.Item label={t("hooks.hosts")} extra={t("hooks.hostsHelp")} htmlFor="hook-hosts">
        <Select id="hook-hosts" mode="tags" open={false} suffixIcon={null} value={now} onChange={setNow} />
      </Form.Item>
      <Button loading={busy} disabled={now.join(" ") === hosts.join(" ")} onClick={() => void save()}>
        {t("save")}
      </Button>
    </Form>
  );
}
