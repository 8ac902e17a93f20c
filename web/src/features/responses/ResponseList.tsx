// Responses, in force or past, with what an officer can do about each.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Popconfirm, Skeleton, Space, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ResponseItem } from "@/api/types";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { LockIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { sideways } from "@/shared/sideways";
import { ReasonDialog } from "./ReasonDialog";
import { RESPONSES, useResponses } from "./responses";
import { TakeDialog } from "./TakeDialog";

type Act = { response: ResponseItem; act: "end" | "last" };

export function ResponseList({ past }: { past: boolean }) {
  const { t } = useTranslation("responses");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const list = useResponses(past);
  const [taking, setTaking] = useState(false);
  const [acting, setActing] = useState<Act>();
  if (list.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (list.isError) return <ProblemPage problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  const refresh = () => queries.invalidateQueries({ queryKey: RESPONSES });
  const second = async (response: ResponseItem, consent: boolean) => {
    try {
      await api.POST("/api/v1/admin/responses/{id}/second", {
        params: { path: { id: response.id } },
        body: { consent },
      });
      void message.success(t("decided"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await refresh();
  };
  const submit = async ({ response, act }: Act, reason: string) => {
    const asked = { params: { path: { id: response.id } }, body: { reason } };
    if (act === "end") await api.POST("/api/v1/admin/responses/{id}/end", asked);
    else await api.POST("/api/v1/admin/responses/{id}/last", asked);
    void message.success(t(act === "end" ? "ended" : "asked"));
    setActing(undefined);
    await refresh();
  };
  return (
    <>
      {!past && (
        <div className="responses-act">
          <Button type="primary" icon={<LockIcon />} onClick={() => setTaking(true)}>
            {t("take")}
          </Button>
        </div>
      )}
      <Table<ResponseItem>
        className="panel"
        rowKey="id"
        dataSource={list.data.items}
        pagination={list.data.items.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        {...sideways(list.data.items)}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(past ? "emptyPast" : "emptyNow")} />,
        }}
        columns={[
          { title: t("person"), dataIndex: "user_name" },
          {
            title: t("what"),
            render: (_, r) => (
              <>
                <Tag color={r.in_force ? "warning" : "default"}>{t(`kind.${r.kind}`)}</Tag>
                {r.per_minute !== null && <span className="muted">{t("perMinuteShort", { count: r.per_minute })}</span>}
              </>
            ),
          },
          {
            title: t("reason"),
            render: (_, r) => (
              <div className="responses-cell">
                {r.rule === null ? r.reason : t("rule", { rule: r.rule })}
                <Lasting response={r} />
              </div>
            ),
          },
          { title: t("by"), render: (_, r) => r.by_name ?? <Tag>{t("house")}</Tag> },
          { title: t("began"), render: (_, r) => formatTime(r.began) },
          past
            ? {
                title: t("over"),
                render: (_, r) => (
                  <div className="responses-cell">
                    {formatTime(r.ended?.at ?? r.until ?? r.began)}{" "}
                    <span className="muted">
                      {r.ended ? t("endedBy", { who: r.ended.by_name, reason: r.ended.reason }) : t("expired")}
                    </span>
                  </div>
                ),
              }
            : { title: t("until"), render: (_, r) => (r.until === null ? t("endless") : formatTime(r.until)) },
          ...(past
            ? []
            : [
                {
                  title: <span className="visually-hidden">{t("end")}</span>,
                  render: (_: unknown, r: ResponseItem) => (
                    <Space wrap>
                      {r.may_decide && (
                        <>
                          <Popconfirm title={t("agree")} okText={t("agree")} onConfirm={() => void second(r, true)}>
                            <Button size="small" type="primary">
                              {t("agree")}
                            </Button>
                          </Popconfirm>
                          <Button size="small" onClick={() => void second(r, false)}>
                            {t("disagree")}
                          </Button>
                        </>
                      )}
                      {r.may_change && r.until !== null && !(r.lasting && r.lasting.consent === null) && (
                        <Button size="small" onClick={() => setActing({ response: r, act: "last" })}>
                          {t("last")}
                        </Button>
                      )}
                      {r.may_change ? (
                        <Button size="small" danger onClick={() => setActing({ response: r, act: "end" })}>
                          {t("end")}
                        </Button>
                      ) : (
                        <span className="muted">{t("own")}</span>
                      )}
                    </Space>
                  ),
                },
              ]),
        ]}
      />
      {taking && (
        <TakeDialog
          onClose={() => setTaking(false)}
          onTaken={() => {
            setTaking(false);
            void message.success(t("taken"));
            void refresh();
          }}
        />
      )}
      {acting && (
        <ReasonDialog
          title={t(acting.act === "end" ? "endTitle" : "lastTitle", {
            who: acting.response.user_name,
            kind: t(`kind.${acting.response.kind}`),
          })}
          text={acting.act === "last" ? t("lastText") : undefined}
          onSubmit={(reason) => submit(acting, reason)}
          onClose={() => setActing(undefined)}
        />
      )}
    </>
  );
}

function Lasting({ response }: { response: ResponseItem }) {
  const { t } = useTranslation("responses");
  const { lasting } = response;
  if (!lasting) return null;
  const who = lasting.decided_by_name ?? "";
  return (
    <div className="muted">
      {lasting.consent === null
        ? t("waits", { who: lasting.asked_by_name, reason: lasting.reason })
        : t(lasting.consent ? "consentedBy" : "refusedBy", { who })}
    </div>
  );
}
