// Where alerts go out: channels, which alerts go by which of them, and what became of them.

import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Empty, Input, Modal, Popconfirm, Skeleton, Space, Switch, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { ChannelForm, ChannelItem, ChannelsAnswer } from "@/api/types";
import { useLabel } from "@/i18n";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { ChannelDialog } from "./ChannelDialog";
import { asForm, CHANNELS, putChannels, type Route, useChannels } from "./channels";
import { Outbox } from "./Outbox";
import { Routes } from "./Routes";
import "./channels.css";

export function ChannelsTab() {
  const set = useChannels();
  if (set.isPending) return <Skeleton active paragraph={{ rows: 5 }} />;
  if (set.isError) return <ProblemPage problem={asProblem(set.error)} onRetry={() => void set.refetch()} />;
  return <Channels set={set.data} />;
}

type Tested = { name: string; words?: string; problem?: ProblemError };

function Channels({ set }: { set: ChannelsAnswer }) {
  const { t } = useTranslation("channels");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<ChannelItem | "new">();
  const [secret, setSecret] = useState<string>();
  const [problem, setProblem] = useState<ProblemError>();
  const [testing, setTesting] = useState<string>();
  const [tested, setTested] = useState<Tested>();
  const { channels, routes } = set;
  /** Throws what stood against it. */
  const put = async (next: ChannelForm[], nextRoutes: Route[]) => {
    const given = await putChannels(next, nextRoutes);
    void message.success(t("saved"));
    await queries.invalidateQueries({ queryKey: CHANNELS });
    const [made] = Object.values(given.secrets);
    if (made) setSecret(made);
  };
  const tried = async (next: ChannelForm[], nextRoutes = routes) => {
    setProblem(undefined);
    try {
      await put(next, nextRoutes);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const change = (which: ChannelItem, by: Partial<ChannelForm>) =>
    tried(channels.map((c) => (c === which ? { ...asForm(c), ...by } : asForm(c))));
  const remove = (which: ChannelItem) => {
    const left = routes.map((r) => ({ ...r, to: r.to.filter((to) => to !== which.name) }));
    return tried(
      channels.filter((c) => c !== which).map(asForm),
      left.filter((r) => r.to.length > 0),
    );
  };
  const test = async (which: ChannelItem) => {
    const name = label(which.label);
    setTesting(which.name);
    setTested(undefined);
    try {
      const answer = await data(api.POST("/api/v1/admin/channels/test", { body: { name: which.name } }));
      const words = [
        ...(answer.status === null ? [] : [`HTTP ${answer.status}`]),
        ...(answer.words ? [answer.words] : []),
      ];
      setTested({ name, words: words.join(" · ") });
    } catch (error) {
      setTested({ name, problem: asProblem(error) });
    } finally {
      setTesting(undefined);
    }
  };
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {t("add")}
    </Button>
  );
  return (
    <div className="channels">
      <p className="muted channels-note">{t("text")}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      <section aria-label={t("channels")}>
        <div className="page-head">
          <h2>{t("channels")}</h2>
          <div className="grow" />
          {channels.length > 0 && add}
        </div>
        {channels.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")}>
            {add}
          </Empty>
        ) : (
          <Table<ChannelItem>
            className="panel"
            rowKey="name"
            size="small"
            dataSource={channels}
            pagination={false}
            scroll={{ x: "max-content" }}
            columns={[
              {
                title: t("channel"),
                render: (_, c) => (
                  <Button type="link" className="channels-open" onClick={() => setEditing(c)}>
                    {label(c.label)}
                  </Button>
                ),
              },
              { title: t("kind"), render: (_, c) => t(`kinds.${c.kind}`) },
              { title: t("shown"), render: (_, c) => <code className="channels-shown">{c.shown}</code> },
              {
                title: t("on"),
                render: (_, c) => (
                  <Switch
                    size="small"
                    checked={c.on}
                    aria-label={`${t("on")}: ${label(c.label)}`}
                    onChange={(on) => void change(c, { on })}
                  />
                ),
              },
              {
                title: "",
                render: (_, c) => (
                  <Space>
                    <Button
                      size="small"
                      loading={testing === c.name}
                      disabled={testing !== undefined && testing !== c.name}
                      aria-label={`${t("test")}: ${label(c.label)}`}
                      onClick={() => void test(c)}
                    >
                      {t("test")}
                    </Button>
                    {c.kind === "webhook" && (
                      <Popconfirm
                        title={t("confirmRenew")}
                        okText={t("renew")}
                        onConfirm={() => void change(c, { renew: true })}
                      >
                        <Button size="small" aria-label={`${t("renew")}: ${label(c.label)}`}>
                          {t("renew")}
                        </Button>
                      </Popconfirm>
                    )}
                    <Popconfirm
                      title={t("confirmRemove", { name: label(c.label) })}
                      okText={t("remove")}
                      onConfirm={() => void remove(c)}
                    >
                      <Button size="small" danger aria-label={`${t("remove")}: ${label(c.label)}`}>
                        {t("remove")}
                      </Button>
                    </Popconfirm>
                  </Space>
                ),
              },
            ]}
          />
        )}
        <div aria-live="polite" className="channels-answer">
          {tested?.words !== undefined && (
            <Alert
              type="success"
              showIcon
              title={t("taken", { name: tested.name })}
              description={<code>{tested.words}</code>}
            />
          )}
          {tested?.problem && (
            <>
              <p>{t("refused", { name: tested.name })}</p>
              <ProblemAlert problem={tested.problem} />
            </>
          )}
        </div>
      </section>
      <Routes set={set} onSave={(next) => put(channels.map(asForm), next)} />
      <Outbox channels={channels} />
      {editing && (
        <ChannelDialog
          channel={editing === "new" ? undefined : editing}
          mail={set.mail}
          onClose={() => setEditing(undefined)}
          onSubmit={async (form) => {
            const kept = channels.map((c) => (c.name === form.name && editing !== "new" ? form : asForm(c)));
            await put(editing === "new" ? [...kept, form] : kept, routes);
            setEditing(undefined);
          }}
        />
      )}
      <Modal
        open={secret !== undefined}
        title={t("given")}
        okText={t("kept")}
        cancelButtonProps={{ style: { display: "none" } }}
        closable={false}
        mask={{ closable: false }}
        onOk={() => setSecret(undefined)}
      >
        <Alert type="warning" showIcon title={t("once")} style={{ marginBottom: 12 }} />
        <Input.TextArea readOnly rows={2} value={secret} aria-label={t("given")} />
      </Modal>
    </div>
  );
}
