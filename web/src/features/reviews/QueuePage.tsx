// What is one's own to review: line by line with its evidence; low-risk lines together.

import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Empty, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { AnswerDialog } from "./AnswerDialog";
import { Advice, Decision, Evidence, useItemWords } from "./LineFacts";
import { type Answer, type Line, needsReason, REVIEWS, useOwnReviews } from "./reviews";
import "./reviews.css";

type Own = components["schemas"]["OwnReviewForm"];

export function QueuePage() {
  const { t } = useTranslation("reviews");
  const query = useOwnReviews();
  return (
    <div className="page">
      <h1>{t("mine.title")}</h1>
      <p className="muted review-text">{t("mine.text")}</p>
      {query.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : query.isError ? (
        <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("mine.none")} />
      ) : (
        query.data.items.map((review) => <OwnCampaign key={review.id} review={review} />)
      )}
    </div>
  );
}

function OwnCampaign({ review }: { review: Own }) {
  const { t } = useTranslation("reviews");
  const label = useLabel();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<{ line: Line; choice: Answer["choice"] }>();
  const [busy, setBusy] = useState(false);
  const open = review.lines.filter((l) => l.decided === null);
  const low = open.filter((l) => l.risk === "low");
  const late = review.due_at < Date.now();
  const send = async (lines: string[], choice: Answer["choice"]) => {
    setBusy(true);
    try {
      await api.POST("/api/v1/me/reviews/decisions", { body: { lines, choice, reason: "", read_only: false } });
      await queries.invalidateQueries({ queryKey: REVIEWS });
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    } finally {
      setBusy(false);
    }
  };
  const choose = (line: Line, choice: Answer["choice"]) => {
    if (choice === "narrow" || needsReason(line, choice)) setAsked({ line, choice });
    else void send([line.id], choice);
  };
  const keepLow = () => {
    const some = low.slice(0, 200);
    modal.confirm({
      title: t("mine.bulkAsk", { count: some.length }),
      content: t("mine.bulkText"),
      onOk: () =>
        send(
          some.map((l) => l.id),
          "keep",
        ),
    });
  };
  return (
    <section aria-labelledby={`review-${review.id}`}>
      <div className="review-bar">
        <div>
          <h2 id={`review-${review.id}`} className="review-name">
            {review.name}
          </h2>
          <p className="muted">
            {t("mine.progress", { open: open.length, all: review.lines.length })} ·{" "}
            {t("dueAt", { when: formatTime(review.due_at) })} · {t(`mine.rest.${review.unanswered}`)}
          </p>
        </div>
        {low.length > 1 && (
          <Button onClick={keepLow} loading={busy}>
            {t("mine.keepLow", { count: Math.min(200, low.length) })}
          </Button>
        )}
      </div>
      {late && <Alert type="warning" showIcon title={t("mine.late", { when: formatTime(review.ends_at) })} />}
      {open.length === 0 && <Alert type="success" showIcon title={t("mine.done")} />}
      <ul className="review-list">
        {review.lines.map((line) => (
          <QueueLine key={line.id} line={line} busy={busy} onChoose={(choice) => choose(line, choice)} />
        ))}
      </ul>
      {asked && <AnswerDialog line={asked.line} choice={asked.choice} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function QueueLine({
  line,
  busy,
  onChoose,
}: {
  line: Line;
  busy: boolean;
  onChoose: (choice: Answer["choice"]) => void;
}) {
  const { t } = useTranslation("reviews");
  const words = useItemWords();
  const who = line.user_name ?? t("group");
  const what = words(line);
  const passed = line.passed.at(-1);
  const hidden = <span className="visually-hidden">{` ${who} ${what}`}</span>;
  return (
    <li className="panel review-line">
      <div className="review-head">
        <h3>
          {who} · {what}
        </h3>
        <span className="muted">{line.department}</span>
      </div>
      <Advice line={line} />
      <Evidence line={line} />
      {passed && (
        <p className="muted">{passed.by_house ? t("passedByHouse") : t("passedOn", { reason: passed.reason })}</p>
      )}
      {line.decided !== null && <Decision line={line} />}
      <div className="review-acts">
        <Button disabled={busy} onClick={() => onChoose("keep")}>
          {t("act.keep")}
          {hidden}
        </Button>
        <Button disabled={busy} onClick={() => onChoose("narrow")}>
          {t("act.narrow")}
          {hidden}
        </Button>
        <Button danger disabled={busy} onClick={() => onChoose("revoke")}>
          {t("act.revoke")}
          {hidden}
        </Button>
        <Button type="text" disabled={busy} onClick={() => onChoose("delegate")}>
          {t("act.delegate")}
          {hidden}
        </Button>
      </div>
    </li>
  );
}
