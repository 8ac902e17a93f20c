// What waits for my word, what I asked for, what I have for a time, and who stands in for me.

import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Empty, Popconfirm, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { GrantItem, RequestItem } from "@/api/types";
import { useLabel } from "@/i18n";
import { RecordLink } from "@/shared/fields/FieldText";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemPage } from "@/shared/ProblemView";
import { Watermark } from "@/shared/Watermark";
import { AskAccessButton } from "./AskAccess";
import { DecideDialog } from "./DecideDialog";
import { DeputyTab } from "./DeputyTab";
import { RequestCard } from "./RequestCard";
import { refreshRequests, useInbox, useLeft, useOwnGrants, useOwnRequests } from "./requests";
import "./requests.css";

export function RequestsPage() {
  const { t } = useTranslation("requests");
  const search = useSearch({ from: "/requests" });
  const navigate = useNavigate();
  return (
    <Watermark>
      <div className="page">
        <h1>{t("title")}</h1>
        <PageTabs
          label={t("title")}
          active={search.tab ?? "inbox"}
          onChange={(tab) => void navigate({ to: "/requests", search: tab === "inbox" ? {} : { tab }, replace: true })}
          tabs={[
            { key: "inbox", label: t("tabs.inbox"), children: <Inbox /> },
            { key: "mine", label: t("tabs.mine"), children: <Mine /> },
            { key: "grants", label: t("tabs.grants"), children: <Grants /> },
            { key: "deputy", label: t("tabs.deputy"), children: <DeputyTab /> },
          ]}
        />
      </div>
    </Watermark>
  );
}

function Inbox() {
  const { t } = useTranslation("requests");
  const inbox = useInbox();
  const [deciding, setDeciding] = useState<{ request: RequestItem; consent: boolean }>();
  if (inbox.isPending) return <Skeleton active />;
  if (inbox.isError) return <ProblemPage problem={asProblem(inbox.error)} onRetry={() => void inbox.refetch()} />;
  return (
    <>
      <p className="muted requests-note">{t("inboxText")}</p>
      {inbox.data.items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("inboxEmpty")}>
          <Link to="/requests" search={{ tab: "deputy" }}>
            <Button tabIndex={-1}>{t("tabs.deputy")}</Button>
          </Link>
        </Empty>
      ) : (
        <ul className="requests-list">
          {inbox.data.items.map((request) => {
            const review = request.kind === "break_glass";
            return (
              <RequestCard key={request.id} request={request} named={!review}>
                <Space>
                  <Button danger onClick={() => setDeciding({ request, consent: false })}>
                    {t(review ? "decide.unlawful" : "decide.refuse")}
                  </Button>
                  <Button type="primary" onClick={() => setDeciding({ request, consent: true })}>
                    {t(review ? "decide.lawful" : "decide.consent")}
                  </Button>
                </Space>
              </RequestCard>
            );
          })}
        </ul>
      )}
      {deciding && <DecideDialog {...deciding} onClose={() => setDeciding(undefined)} />}
    </>
  );
}

function Mine() {
  const { t } = useTranslation("requests");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const own = useOwnRequests();
  if (own.isPending) return <Skeleton active />;
  if (own.isError) return <ProblemPage problem={asProblem(own.error)} onRetry={() => void own.refetch()} />;
  if (own.data.items.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("mineEmpty")}>
        <span className="muted">{t("mineEmptyHelp")}</span>
      </Empty>
    );
  }
  const withdraw = async (request: RequestItem) => {
    try {
      await api.POST("/api/v1/requests/{id}/withdraw", { params: { path: { id: request.id } } });
      void message.success(t("withdrawn"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await refreshRequests(queries);
  };
  return (
    <>
      <p className="muted requests-note">{t("silentHelp")}</p>
      <ul className="requests-list">
        {own.data.items.map((request) => (
          // What is not open is not looked up: the look would be one more refusal.
          <RequestCard
            key={request.id}
            request={request}
            own
            named={request.kind === "record" || (request.state === "approved" && (request.until ?? 0) > Date.now())}
          >
            {request.state === "waiting" && request.kind !== "break_glass" && (
              <Popconfirm title={t("confirmWithdraw")} onConfirm={() => void withdraw(request)}>
                <Button size="small">{t("withdraw")}</Button>
              </Popconfirm>
            )}
          </RequestCard>
        ))}
      </ul>
    </>
  );
}

function Grants() {
  const { t } = useTranslation("requests");
  const own = useOwnGrants();
  if (own.isPending) return <Skeleton active />;
  if (own.isError) return <ProblemPage problem={asProblem(own.error)} onRetry={() => void own.refetch()} />;
  if (own.data.items.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("grantsEmpty")}>
        <span className="muted">{t("mineEmptyHelp")}</span>
      </Empty>
    );
  }
  return (
    <ul className="requests-list">
      {own.data.items.map((grant) => (
        <GrantCard key={grant.id} grant={grant} />
      ))}
    </ul>
  );
}

function GrantCard({ grant }: { grant: GrantItem }) {
  const { t } = useTranslation("requests");
  const left = useLeft(grant.until);
  return (
    <li className={grant.emergency ? "panel request request-emergency" : "panel request"}>
      <div className="request-head">
        <RecordLink object={grant.object} id={grant.record} />
        <Tag>{t(grant.edit ? "grant.edit" : "grant.read")}</Tag>
        {grant.emergency && <Tag color="error">{t("grants.emergency")}</Tag>}
      </div>
      <div className="request-foot">
        <span>{left === undefined ? t("grant.ended") : t("grant.left", { left })}</span>
        <span className="muted">{grant.emergency ? t("grant.own") : t("grant.by", { who: grant.given_by_name })}</span>
        <span className="grow" />
        {!grant.emergency && (
          <AskAccessButton object={grant.object} id={grant.record} edit={grant.edit} text="ask.extend" small />
        )}
      </div>
    </li>
  );
}
