// Who leaves, and who left.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App, Button, DatePicker, Empty, Form, Input, Skeleton, Tag } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty, useMe } from "@/app/session";
import { FormDialog } from "@/shared/FormDialog";
import { AccountPicker } from "@/shared/fields/PersonPicker";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { type Item, LEAVERS, oneOf, STATE_COLOUR, STATES, VERDICT_COLOUR, VERDICTS } from "./leavers";
import "./leavers.css";

export function LeaversPage() {
  const { t } = useTranslation("leavers");
  const manages = useDuty("leaver.manage");
  const [beginning, setBeginning] = useState(false);
  const query = useQuery({ queryKey: [...LEAVERS, "list"], queryFn: () => data(api.GET("/api/v1/leavers")) });
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      <div className="leaver-bar">
        <p className="muted leaver-text">{t("text")}</p>
        {manages && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => setBeginning(true)}>
            {t("begin")}
          </Button>
        )}
      </div>
      {query.isPending ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : query.data.items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")} />
      ) : (
        <ul className="leaver-list" aria-label={t("list")}>
          {query.data.items.map((item) => (
            <Card key={item.id} item={item} />
          ))}
        </ul>
      )}
      {beginning && <Begin onClose={() => setBeginning(false)} />}
    </div>
  );
}

/** Where it stands, and whether it is late. */
export function Tags({ item }: { item: Item }) {
  const { t } = useTranslation("leavers");
  const state = oneOf(STATES, item.state);
  const verdict = item.verdict === null ? undefined : oneOf(VERDICTS, item.verdict);
  return (
    <span className="leaver-tags">
      {item.overdue ? (
        <Tag color="error">{t("overdue")}</Tag>
      ) : (
        item.near && item.verdict === null && <Tag color="warning">{t("near")}</Tag>
      )}
      {verdict && <Tag color={VERDICT_COLOUR[verdict]}>{t(`verdict.${verdict}`)}</Tag>}
      <Tag color={STATE_COLOUR[state]}>{t(`state.${state}`)}</Tag>
    </span>
  );
}

function Card({ item }: { item: Item }) {
  const { t } = useTranslation("leavers");
  const said = [
    item.department,
    t("days", { notice: item.notice_on, last: item.last_on }),
    item.by === null ? t("recordedByHouse") : t("recordedBy", { name: item.by }),
  ];
  return (
    <li className="panel leaver-card">
      <div className="leaver-head">
        <h2>
          <Link to="/leavers/$id" params={{ id: item.id }}>
            {item.name}
          </Link>
        </h2>
        <Tags item={item} />
      </div>
      <p className="muted">{said.filter((part) => part !== null).join(" · ")}</p>
    </li>
  );
}

type Fields = { user: string; notice_on: Dayjs; last_on: Dayjs; reason: string };

function Begin({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("leavers");
  const { user } = useMe().me;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const need = [{ required: true, message: t("need") }];
  const day = (value: Dayjs) => value.format("YYYY-MM-DD");
  return (
    <FormDialog<Fields>
      title={t("begin")}
      submit={t("submit")}
      initial={{ notice_on: dayjs() }}
      onSubmit={async (fields) => {
        const body = {
          user: fields.user,
          notice_on: day(fields.notice_on),
          last_on: day(fields.last_on),
          reason: fields.reason.trim(),
        };
        const made = await data(api.POST("/api/v1/leavers", { body }));
        void message.success(t("done"));
        await queries.invalidateQueries({ queryKey: LEAVERS });
        onClose();
        void navigate({ to: "/leavers/$id", params: { id: made.id } });
      }}
      onClose={onClose}
    >
      <p className="muted">{t("beginText")}</p>
      <Form.Item name="user" label={t("who")} rules={need}>
        <AccountPicker except={user.id} />
      </Form.Item>
      <Form.Item name="notice_on" label={t("noticeOn")} rules={need}>
        <DatePicker maxDate={dayjs()} allowClear={false} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="last_on" label={t("lastOn")} rules={need}>
        <DatePicker allowClear={false} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("reason")}
        extra={t("reasonHelp")}
        rules={[{ required: true, whitespace: true, message: t("need") }]}
      >
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
