// One leaver: the look-back, what is still theirs, and the verdict.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, Popconfirm, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { Figures } from "./Figures";
import { Tags } from "./LeaversPage";
import { type Detail, LEAVERS, UNMET } from "./leavers";
import { StandingPart } from "./StandingPart";
import { VerdictPart } from "./VerdictPart";
import "./leavers.css";

export function LeaverPage() {
  const { t } = useTranslation("leavers");
  const { id } = useParams({ from: "/leavers/$id" });
  const [days, setDays] = useState(30);
  const query = useQuery({
    queryKey: [...LEAVERS, id, days],
    queryFn: () => data(api.GET("/api/v1/leavers/{id}", { params: { path: { id }, query: { days } } })),
    // The other look-back takes the place of this one when it is there.
    placeholderData: (before) => (before?.card.id === id ? before : undefined),
  });
  if (query.isPending)
    return (
      <div className="page">
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { data: detail } = query;
  const { card } = detail;
  const watched = card.state === "open" || card.state === "judged";
  return (
    <div className="page" aria-busy={query.isFetching}>
      <Link to="/leavers" className="muted">
        {t("back")}
      </Link>
      <div className="leaver-bar">
        <h1>
          {card.name} <Tags item={card} />
        </h1>
        {detail.manages && watched && <Ends detail={detail} />}
      </div>
      <p className="muted leaver-said">
        {watched && <Tag color="processing">{t("watched")}</Tag>}
        {[
          card.department,
          t("days", { notice: card.notice_on, last: card.last_on }),
          card.by === null ? t("recordedByHouse") : t("recordedBy", { name: card.by }),
          detail.reason,
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      <Over detail={detail} />
      <div className="leaver-parts">
        <VerdictPart detail={detail} days={days} />
        <Figures look={detail.look_back} user={card.user} days={days} setDays={setDays} />
        <StandingPart standing={detail.standing} user={card.user} />
      </div>
    </div>
  );
}

/** How it ended, or what still stands in the way. */
function Over({ detail }: { detail: Detail }) {
  const { t } = useTranslation("leavers");
  const { ended, card } = detail;
  if (ended !== null) {
    const when = formatTime(ended.at);
    const text =
      card.state === "withdrawn"
        ? t("withdraw.at", { name: ended.by, when, reason: ended.reason })
        : t("close.at", { name: ended.by, when });
    return <Alert type="info" showIcon title={text} className="leaver-gap" />;
  }
  if (!card.overdue || detail.unmet.length === 0) return null;
  const unmet = UNMET.filter((code) => detail.unmet.includes(code));
  return (
    <Alert
      type="warning"
      showIcon
      className="leaver-gap"
      title={t("close.waits")}
      description={
        <ul className="leaver-unmet">
          {unmet.map((code) => (
            <li key={code}>{t(`unmet.${code}`)}</li>
          ))}
        </ul>
      }
    />
  );
}

function Ends({ detail }: { detail: Detail }) {
  const { t } = useTranslation("leavers");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [back, setBack] = useState(false);
  const params = { path: { id: detail.card.id } };
  const refresh = () => queries.invalidateQueries({ queryKey: LEAVERS });
  const close = async () => {
    try {
      await api.POST("/api/v1/leavers/{id}/close", { params });
      void message.success(t("close.done"));
      await refresh();
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  return (
    <Space wrap>
      <Popconfirm title={t("close.ask")} okText={t("close.button")} onConfirm={close}>
        <Button>{t("close.button")}</Button>
      </Popconfirm>
      <Button onClick={() => setBack(true)}>{t("withdraw.button")}</Button>
      {back && (
        <FormDialog<{ reason: string }>
          title={t("withdraw.title")}
          submit={t("withdraw.button")}
          onSubmit={async ({ reason }) => {
            await api.POST("/api/v1/leavers/{id}/withdraw", { params, body: { reason: reason.trim() } });
            void message.success(t("withdraw.done"));
            setBack(false);
            await refresh();
          }}
          onClose={() => setBack(false)}
        >
          <p className="muted">{t("withdraw.text")}</p>
          <Form.Item
            name="reason"
            label={t("reason")}
            rules={[{ required: true, whitespace: true, message: t("need") }]}
          >
            <Input.TextArea rows={2} maxLength={1000} />
          </Form.Item>
        </FormDialog>
      )}
    </Space>
  );
}
