// Messages that wait, were sent, or could not be. None says what it is about.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Empty, Skeleton, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ChannelItem, ChannelMessageItem } from "@/api/types";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { sideways } from "@/shared/sideways";
import { CHANNELS } from "./channels";

const OUTBOX = [...CHANNELS, "outbox"];
const STATES = ["waiting", "sent", "dead"] as const;
const ERRORS = [
  "inside",
  "resolve",
  "connect",
  "tls",
  "timeout",
  "protocol",
  "status",
  "answer",
  "busy",
  "refused",
  "unreachable",
  "auth",
  "off",
  "own",
] as const;
const COLOURS: Record<string, string> = { sent: "success", waiting: "default", dead: "error" };

export function Outbox({ channels }: { channels: ChannelItem[] }) {
  const { t } = useTranslation("channels");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [dead, setDead] = useState(false);
  const messages = useQuery({
    queryKey: [...OUTBOX, dead],
    queryFn: () => data(api.GET("/api/v1/admin/channels/outbox", { params: { query: dead ? { dead } : {} } })),
  });
  const retry = async (one: ChannelMessageItem) => {
    try {
      await api.POST("/api/v1/admin/channels/outbox/{id}/retry", { params: { path: { id: one.id } } });
      void message.success(t("retried"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await queries.invalidateQueries({ queryKey: OUTBOX });
  };
  const nameOf = (name: string) => {
    const channel = channels.find((c) => c.name === name);
    return channel ? label(channel.label) : name;
  };
  const outcome = (m: ChannelMessageItem) => {
    const state = STATES.find((s) => s === m.state);
    const error = ERRORS.find((e) => e === m.error);
    return (
      <>
        <Tag color={COLOURS[m.state] ?? "default"}>{state ? t(`state.${state}`) : m.state}</Tag>
        <span className="muted">
          {[
            ...(m.attempts > 1 ? [t("attempts", { count: m.attempts })] : []),
            ...(m.together > 1 ? [t("together", { count: m.together })] : []),
            ...(m.state !== "sent" && m.status ? [`HTTP ${m.status}`] : []),
            ...(m.state !== "sent" && m.code ? [String(m.code)] : []),
            ...(error ? [t(`error.${error}`)] : []),
          ].join(" · ")}
        </span>
      </>
    );
  };
  return (
    <section className="channels-part" aria-label={t("outbox")}>
      <div className="page-head">
        <h2>{t("outbox")}</h2>
        <span className="muted">{t("outboxText")}</span>
        <div className="grow" />
        <Checkbox checked={dead} onChange={(e) => setDead(e.target.checked)}>
          {t("dead")}
        </Checkbox>
        <Button onClick={() => void messages.refetch()}>{t("refresh")}</Button>
      </div>
      {messages.isPending ? (
        <Skeleton active />
      ) : messages.isError ? (
        <ProblemPage problem={asProblem(messages.error)} onRetry={() => void messages.refetch()} />
      ) : (
        <Table<ChannelMessageItem>
          className="panel"
          rowKey="id"
          size="small"
          dataSource={messages.data.items}
          pagination={messages.data.items.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          {...sideways(messages.data.items)}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noMessages")} /> }}
          columns={[
            { title: t("at"), render: (_, m) => formatTime(m.at) },
            { title: t("channel"), render: (_, m) => nameOf(m.channel) },
            { title: t("outcome"), render: (_, m) => outcome(m) },
            {
              title: "",
              render: (_, m) =>
                m.state === "dead" && (
                  <Button size="small" onClick={() => void retry(m)}>
                    {t("retry")}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </section>
  );
}
