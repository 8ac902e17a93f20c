// One campaign: how far it is, how its reviewers decide, its lines, and the signed list.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Empty, Popconfirm, Select, Skeleton, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatNumber, formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { WordsTable } from "@/shared/WordsTable";
import { Files } from "./Files";
import { Advice, Decision, useItemWords } from "./LineFacts";
import {
  type Card,
  CODES,
  type Line,
  ONLY,
  OUTCOMES,
  oneOf,
  percent,
  REVIEWS,
  STATE_COLOUR,
  STATES,
  seconds,
} from "./reviews";
import "./reviews.css";

type Schemas = components["schemas"];

export function ReviewPage() {
  const { t } = useTranslation("reviews");
  const { id } = useParams({ from: "/reviews/$id" });
  const manages = useDuty("review.manage");
  const query = useQuery({
    queryKey: [...REVIEWS, id],
    queryFn: () => data(api.GET("/api/v1/reviews/{id}", { params: { path: { id } } })),
    refetchInterval: (q) => (q.state.data?.card.state === "closing" ? 2_000 : false),
  });
  if (query.isPending)
    return (
      <div className="page">
        <Skeleton active />
      </div>
    );
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { card, reviewers, escalated, sha256, log_size: size } = query.data;
  const state = oneOf(STATES, card.state);
  const hasty = reviewers.filter((r) => r.pace.hasty);
  return (
    <div className="page">
      <Link to="/reviews" search={{}} className="muted">
        {t("back")}
      </Link>
      <div className="review-bar">
        <h1>
          {card.name} <Tag color={STATE_COLOUR[state]}>{t(`state.${state}`)}</Tag>
        </h1>
        {manages && state === "open" && <Ends id={id} open={card.figures.lines - card.figures.answered} />}
      </div>
      <p className="muted">
        {[
          t("begunAt", { when: formatTime(card.began_at) }),
          card.by ?? t("byPlan", { plan: card.plan ?? "" }),
          card.closed_at === null
            ? t("dueAt", { when: formatTime(card.due_at) })
            : t("closedAt", { when: formatTime(card.closed_at) }),
          size === null ? null : t("frozen", { size }),
          escalated && state === "open" ? t("escalated") : null,
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      {state === "closing" && <Alert type="info" showIcon title={t("closing")} role="status" />}
      {hasty.map((r) => (
        <Alert
          key={r.user}
          type="warning"
          showIcon
          className="review-gap"
          title={t("hastyWho", {
            name: r.name,
            count: r.pace.decisions,
            seconds: seconds(r.pace.median_ms),
            kept: percent(r.pace.kept),
            bulk: percent(r.pace.bulk),
          })}
        />
      ))}
      <FigureRow card={card} />
      {state === "closed" && <Files id={id} sha256={sha256 ?? ""} />}
      <h2>{t("reviewers")}</h2>
      <Reviewers rows={reviewers} />
      <Lines id={id} state={state} />
    </div>
  );
}

function Ends({ id, open }: { id: string; open: number }) {
  const { t } = useTranslation("reviews");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const end = async (act: "close" | "cancel") => {
    try {
      await (act === "close"
        ? api.POST("/api/v1/reviews/{id}/close", { params: { path: { id } } })
        : api.POST("/api/v1/reviews/{id}/cancel", { params: { path: { id } } }));
      await queries.invalidateQueries({ queryKey: REVIEWS });
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  return (
    <Space wrap>
      <Popconfirm title={t("closeAsk", { count: open })} onConfirm={() => end("close")}>
        <Button type="primary">{t("close")}</Button>
      </Popconfirm>
      <Popconfirm title={t("cancelAsk")} onConfirm={() => end("cancel")}>
        <Button danger>{t("cancel")}</Button>
      </Popconfirm>
    </Space>
  );
}

function FigureRow({ card }: { card: Card }) {
  const { t } = useTranslation("reviews");
  const f = card.figures;
  const whole = (n: number) => formatNumber(n, 0, false);
  const share = `${Math.floor((100 * f.answered) / Math.max(1, f.lines))}%`;
  const figures: [string, string][] = [
    [t("figure.lines"), whole(f.lines)],
    [t("figure.answered"), share],
    [t("figure.keep"), whole(f.keep)],
    [t("figure.narrow"), whole(f.narrow)],
    [t("figure.revoke"), whole(f.revoke)],
    [t("figure.automatic"), whole(f.automatic)],
    ...(f.failed > 0 ? [[t("figure.failed"), whole(f.failed)] as [string, string]] : []),
    [t("figure.unused"), `${whole(f.unused_before)} → ${whole(f.unused_after)}`],
  ];
  return (
    <dl className="panel review-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Reviewers({ rows }: { rows: Schemas["ReviewerForm"][] }) {
  const { t } = useTranslation("reviews");
  const number = { align: "right", className: "number" } as const;
  return (
    <WordsTable<Schemas["ReviewerForm"]>
      label={t("column.reviewer")}
      className="panel"
      rowKey={(r) => r.user ?? "none"}
      size="small"
      dataSource={rows}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: t("column.reviewer"), render: (_, r) => (r.user === null ? t("nobody") : r.name) },
        { title: t("column.lines"), dataIndex: "lines", ...number },
        { title: t("column.open"), dataIndex: "open", ...number },
        { title: t("column.median"), render: (_, r) => seconds(r.pace.median_ms), ...number },
        { title: t("column.kept"), render: (_, r) => percent(r.pace.kept), ...number },
        { title: t("column.bulk"), render: (_, r) => percent(r.pace.bulk), ...number },
        {
          title: t("column.look"),
          render: (_, r) => (r.pace.hasty ? <Tag color="warning">{t("hastyTag")}</Tag> : "—"),
        },
      ]}
    />
  );
}

function Lines({ id, state }: { id: string; state: string }) {
  const { t } = useTranslation("reviews");
  const words = useItemWords();
  const [only, setOnly] = useState<(typeof ONLY)[number] | "">("");
  const query = useQuery({
    queryKey: [...REVIEWS, id, "lines", only, state],
    queryFn: () =>
      data(api.GET("/api/v1/reviews/{id}/lines", { params: { path: { id }, query: only === "" ? {} : { only } } })),
  });
  return (
    <>
      <div className="review-bar">
        <h2>{t("lines")}</h2>
        <Select
          aria-label={t("filter")}
          value={only}
          onChange={setOnly}
          style={{ minWidth: 140 }}
          options={[{ value: "", label: t("all") }, ...ONLY.map((value) => ({ value, label: t(`only.${value}`) }))]}
        />
      </div>
      {query.isPending ? (
        <Skeleton active />
      ) : query.isError ? (
        <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <>
          {!query.data.complete && <p className="muted">{t("more")}</p>}
          <WordsTable<Line>
            label={t("lines")}
            className="panel"
            rowKey="id"
            size="small"
            dataSource={query.data.items}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noLines")} /> }}
            columns={[
              {
                title: t("column.who"),
                render: (_, l) => (
                  <>
                    {l.user_name ?? t("group")}
                    <div className="muted">{l.department}</div>
                  </>
                ),
              },
              { title: t("column.what"), render: (_, l) => words(l) },
              {
                title: t("column.used"),
                render: (_, l) => (l.evidence.last_used === null ? t("fact.never") : formatTime(l.evidence.last_used)),
              },
              { title: t("column.advice"), render: (_, l) => <Advice line={l} /> },
              { title: t("column.reviewer"), render: (_, l) => l.reviewer_name ?? t("nobody") },
              { title: t("column.decision"), render: (_, l) => <Decision line={l} /> },
              { title: t("column.outcome"), render: (_, l) => <Outcome line={l} /> },
            ]}
          />
        </>
      )}
    </>
  );
}

function Outcome({ line }: { line: Line }) {
  const { t } = useTranslation("reviews");
  const { outcome } = line;
  if (outcome === null) return <>—</>;
  const what = oneOf(OUTCOMES, outcome.what);
  const code = CODES.find((c) => c === outcome.code);
  return (
    <>
      <Tag color={what === "failed" ? "error" : what === "applied" ? "success" : "default"}>{t(`outcome.${what}`)}</Tag>
      {what === "failed" && <div>{code ? t(`code.${code}`) : (outcome.code ?? "")}</div>}
      {line.ends_at !== null && <div className="muted">{t("untilWhen", { when: formatTime(line.ends_at) })}</div>}
      {outcome.ended_at !== null && <div className="muted">{t("endedAt", { when: formatTime(outcome.ended_at) })}</div>}
    </>
  );
}
