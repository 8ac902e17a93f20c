// Mails that wait, were sent, or could not be. None says what it is about.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Empty, Skeleton, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { MailItem } from "@/api/types";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { sideways } from "@/shared/sideways";

const OUTBOX = ["settings", "mail", "outbox"];
const STATES = ["waiting", "sent", "dead"] as const;
const ERRORS = ["unreachable", "tls", "auth", "refused", "off"] as const;
const COLOURS: Record<string, string> = { sent: "success", waiting: "processing", dead: "error" };

export function MailOutbox() {
  const { t } = useTranslation("settings");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [dead, setDead] = useState(false);
  const mails = useQuery({
    queryKey: [...OUTBOX, dead],
    queryFn: () => data(api.GET("/api/v1/admin/mail/outbox", { params: { query: dead ? { dead } : {} } })),
  });
  const retry = async (mail: MailItem) => {
    try {
      await api.POST("/api/v1/admin/mail/outbox/{id}/retry", { params: { path: { id: mail.id } } });
      void message.success(t("mail.retried"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await queries.invalidateQueries({ queryKey: OUTBOX });
  };
  const outcome = (mail: MailItem) => {
    const state = STATES.find((s) => s === mail.state);
    const error = ERRORS.find((e) => e === mail.error);
    return (
      <>
        <Tag color={COLOURS[mail.state] ?? "default"}>{state ? t(`mail.state.${state}`) : mail.state}</Tag>
        <span className="muted">
          {[
            ...(mail.attempts > 0 ? [t("mail.attempts", { count: mail.attempts })] : []),
            ...(mail.code ? [`SMTP ${mail.code}`] : []),
            ...(error ? [t(`mail.error.${error}`)] : []),
          ].join(" · ")}
        </span>
      </>
    );
  };
  return (
    <section className="mail-outbox" aria-label={t("mail.outbox")}>
      <div className="page-head">
        <h2>{t("mail.outbox")}</h2>
        <div className="grow" />
        <Checkbox checked={dead} onChange={(e) => setDead(e.target.checked)}>
          {t("mail.dead")}
        </Checkbox>
        <Button onClick={() => void mails.refetch()}>{t("mail.refresh")}</Button>
      </div>
      {mails.isPending ? (
        <Skeleton active />
      ) : mails.isError ? (
        <ProblemPage problem={asProblem(mails.error)} onRetry={() => void mails.refetch()} />
      ) : (
        <Table<MailItem>
          className="panel"
          rowKey="id"
          size="small"
          dataSource={mails.data.items}
          pagination={mails.data.items.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          {...sideways(mails.data.items)}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("mail.none")} /> }}
          columns={[
            { title: t("mail.at"), render: (_, m) => formatTime(m.at) },
            { title: t("mail.to"), render: (_, m) => m.to_name },
            {
              title: t("mail.what"),
              render: (_, m) => t(m.daily ? "mail.daily" : "mail.atOnce", { count: m.notices }),
            },
            { title: t("mail.outcome"), render: (_, m) => outcome(m) },
            {
              title: "",
              render: (_, m) =>
                m.state === "dead" && (
                  <Button size="small" onClick={() => void retry(m)}>
                    {t("mail.retry")}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </section>
  );
}
