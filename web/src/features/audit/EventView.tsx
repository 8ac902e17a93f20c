// One event with all its parts: who, when, from where, what, which fields, by which rules, for what; whether it is as it was
// recorded; and the proof that it stands in the signed log.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Descriptions, Skeleton, Space, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { EventDetail } from "@/api/types";
import { useDuty } from "@/app/session";
import { OwnWords } from "@/features/cases/OwnWords";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { useDepartmentName } from "@/shared/fields/people";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { Detail } from "./Detail";
import { ProofPanel } from "./ProofPanel";
import { Decision, ForeignTag, ReasonLine, Rules, SeenLink, ShortId, StateTag, useFieldsSeen, useWho } from "./parts";

export function EventView({ id, inDrawer = false }: { id: string; inDrawer?: boolean }) {
  const query = useQuery({
    queryKey: ["audit", "event", id],
    queryFn: async () =>
      (await data(api.GET("/api/v1/audit/events/{id}", { params: { path: { id } } }))) as unknown as EventDetail,
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 12 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <Shown event={query.data} inDrawer={inDrawer} />;
}

/** What another system says, as its word. */
function ForeignSaid({ foreign }: { foreign: NonNullable<EventDetail["foreign"]> }) {
  const { t } = useTranslation("audit");
  const term = useTerms();
  const records = foreign.records ?? [];
  const more = foreign.further > 0 ? ` + ${foreign.further}` : "";
  const items = [
    { key: "source", label: t("foreign.source"), children: foreign.source },
    { key: "at", label: t("foreign.at"), children: formatTime(foreign.at) },
    { key: "user", label: t("foreign.user"), children: foreign.user ?? t("foreign.nobody") },
    { key: "said", label: t("foreign.said"), children: `${foreign.said} (${term("action", foreign.action)})` },
    { key: "ended", label: t("foreign.ended"), children: term("decision", foreign.decision) },
    { key: "object", label: t("foreign.object"), children: foreign.object ?? "—" },
    {
      key: "records",
      label: t("foreign.records"),
      children: <span className="wrap">{records.length > 0 ? records.join(", ") + more : "—"}</span>,
    },
    ...(foreign.fields && foreign.fields.length > 0
      ? [{ key: "fields", label: t("foreign.fields"), children: foreign.fields.join(", ") }]
      : []),
    ...(foreign.rows > 0 ? [{ key: "rows", label: t("foreign.rows"), children: foreign.rows }] : []),
    { key: "address", label: t("foreign.address"), children: foreign.address ?? "—" },
  ];
  return (
    <Alert
      type="info"
      showIcon
      title={t("foreign.title", { source: foreign.source })}
      description={
        <>
          <p>{t("foreign.text")}</p>
          <Descriptions size="small" column={1} items={items} />
        </>
      }
    />
  );
}

function useAlterations(): (event: EventDetail) => string[] {
  const { t, i18n } = useTranslation("audit");
  return (event) =>
    event.alterations.map((a) => {
      const [name, n] = typeof a === "string" ? [a, undefined] : (Object.entries(a)[0] ?? ["", undefined]);
      const key = `alteration.${name}`;
      return i18n.exists(`audit:${key}`) ? (t as (key: string, values: object) => string)(key, { n }) : name;
    });
}

function Shown({ event, inDrawer }: { event: EventDetail; inDrawer: boolean }) {
  const { t } = useTranslation(["audit", "common"]);
  const term = useTerms();
  const who = useWho();
  const words = useObjectWords();
  const department = useDepartmentName();
  const alterations = useAlterations()(event);
  const state = event.state as "whole" | "erased" | "dropped" | "altered";
  const values = {
    user: who(event),
    time: formatTime(event.at),
    address: event.source ?? t("event.noAddress"),
    channel: term("channel", event.channel),
    action: term("action", event.action),
    decision: term("decision", event.decision),
    object: event.object ? words.object(event.object) : "",
  };
  const actor = event.actor;
  return (
    <div className="event">
      {event.foreign && <ForeignSaid foreign={event.foreign} />}
      {!event.foreign && (
        <p className="event-sentence">
          {event.object ? t("event.sentenceObject", values) : t("event.sentence", values)}
        </p>
      )}
      <Alert
        type={state === "altered" ? "error" : state === "whole" ? "success" : "info"}
        showIcon
        title={
          <>
            <StateTag state={state} always /> {t(`event.state.${state}`)}
          </>
        }
        description={
          alterations.length > 0 && (
            <>
              {t("event.alterations")}
              <ul className="event-alterations">
                {alterations.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </>
          )
        }
      />
      <OwnWords words={event.own_words} id="event-own-words" />
      <section aria-labelledby="event-who">
        <h2 id="event-who">{t("event.who")}</h2>
        <Descriptions
          size="small"
          column={{ xs: 1, md: inDrawer ? 1 : 2 }}
          items={[
            {
              key: "user",
              label: t("col.user"),
              children: (
                <Link to="/audit/users/$id" params={{ id: event.user }} search={{}}>
                  {who(event)}
                </Link>
              ),
            },
            {
              key: "department",
              label: t("col.department"),
              children: (event.department && department(event.department)) || "—",
            },
            { key: "purpose", label: t("event.purpose"), children: actor?.purpose ?? t("event.noPurpose") },
            {
              key: "decision",
              label: t("col.decision"),
              children: event.foreign ? (
                <ForeignTag source={event.foreign.source} />
              ) : (
                <Decision decision={event.decision} />
              ),
            },
            { key: "rules", label: t("col.rules"), children: <Rules rules={event.rules} none={t("event.noRule")} /> },
            { key: "policy", label: t("event.policy"), children: event.policy_version },
            {
              key: "mfa",
              label: t("event.mfa"),
              children: actor === null ? "—" : actor.mfa ? t("common:yes") : t("common:no"),
            },
            { key: "source", label: t("col.source"), children: `${event.source ?? "—"} · ${values.channel}` },
            {
              key: "agent",
              label: t("event.agent"),
              children: <span className="wrap">{actor?.user_agent ?? "—"}</span>,
            },
            ...(actor?.token
              ? [{ key: "token", label: t("event.token"), children: <ShortId id={actor.token} copy /> }]
              : []),
            ...(actor?.session
              ? [{ key: "session", label: t("event.session"), children: <ShortId id={actor.session} copy /> }]
              : []),
            {
              key: "request",
              label: t("event.request"),
              children: <span className="wrap mono">{actor?.request ?? "—"}</span>,
            },
            { key: "id", label: t("event.id"), children: <ShortId id={event.event} copy /> },
            { key: "index", label: t("event.index"), children: event.index },
          ]}
        />
        {actor?.detail !== null && actor?.detail !== undefined && (
          <>
            <h3>{t("event.detail")}</h3>
            <Detail value={actor.detail} object={event.object} />
          </>
        )}
      </section>
      <Touched event={event} />
      <ProofPanel event={event} />
      {inDrawer && (
        <Link to="/audit/log/$id" params={{ id: event.event }}>
          {t("event.open")}
        </Link>
      )}
    </div>
  );
}

function Touched({ event }: { event: EventDetail }) {
  const { t } = useTranslation("audit");
  const seen = useFieldsSeen();
  const words = useObjectWords();
  const mayAsk = useDuty("access.explain");
  return (
    <section aria-labelledby="event-what">
      <h2 id="event-what">{t("event.what")}</h2>
      {event.touched.length === 0 && <p className="muted">{t("event.noRecords")}</p>}
      {event.touches > event.touched.length && event.touched.length > 0 && (
        <p className="muted">{t("event.more", { count: event.touches, shown: event.touched.length })}</p>
      )}
      <ul className="touched">
        {event.touched.map((touch) => (
          <li key={touch.n}>
            <div>
              {event.object && touch.record !== touch.customer ? (
                <>
                  {words.object(event.object)}{" "}
                  {touch.record ? <ShortId id={touch.record} copy /> : <Tag>{t("event.erased")}</Tag>} ·{" "}
                </>
              ) : null}
              {t("event.customer")} <ShortId id={touch.customer} copy /> <StateTag state={touch.state} />
            </div>
            <div>
              {seen(event.object, touch.shown, touch.masked) || (
                <span className="muted">{t("event.nothingShown")}</span>
              )}
            </div>
            <ReasonLine reason={touch.reason} owner={touch.owner_name} department={touch.department} />
            <Space wrap size={4}>
              <Rules rules={touch.rules} none={t("event.noRule")} />
              <SeenLink id={touch.customer}>{t("event.whoSaw")}</SeenLink>
              {mayAsk && event.object && touch.record && (
                <Link
                  to="/access/why"
                  search={{ user: event.user, action: event.action, object: event.object, record: touch.record }}
                  className="link-small"
                >
                  {t("event.why")}
                </Link>
              )}
            </Space>
          </li>
        ))}
      </ul>
    </section>
  );
}
