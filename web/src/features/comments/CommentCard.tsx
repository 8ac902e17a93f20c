// A comment: its words, and for a while its author's ways to change them.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Popconfirm, Space, Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { CommentItem } from "@/api/types";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { CommentBox } from "./CommentBox";
import { change, type Place, refreshTimeline, remove, strike } from "./comments";
import { partsOf } from "./text";

export function CommentCard({ place, comment }: { place: Place; comment: CommentItem }) {
  const { t } = useTranslation(["comments", "common"]);
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const open = useOpen(comment.open_until);
  const act = async (what: () => Promise<void>, done: string) => {
    try {
      await what();
      void message.success(done);
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await refreshTimeline(queries, place);
  };
  if (editing) {
    return (
      <CommentBox
        place={place}
        text={comment.text}
        mentions={comment.mentions}
        submit={t("common:save")}
        onCancel={() => setEditing(false)}
        onSubmit={async (text) => {
          await change(place, comment, text);
          setEditing(false);
          await refreshTimeline(queries, place);
        }}
      />
    );
  }
  return (
    <>
      <p className={comment.struck_at === null ? "comment-text" : "comment-text comment-struck"}>
        <Words comment={comment} />
      </p>
      <Space wrap size={4}>
        {comment.struck_at !== null && <Tag>{t("struckAt", { time: formatTime(comment.struck_at) })}</Tag>}
        {comment.edited_at !== null && (
          <span className="muted">{t("editedAt", { time: formatTime(comment.edited_at) })}</span>
        )}
        {open && (
          <>
            <Button type="link" size="small" onClick={() => setEditing(true)}>
              {t("common:edit")}
            </Button>
            <Popconfirm
              title={t("confirmDelete")}
              onConfirm={() => void act(() => remove(place, comment), t("deleted"))}
            >
              <Button type="link" size="small" danger>
                {t("common:delete")}
              </Button>
            </Popconfirm>
          </>
        )}
        {comment.may_strike && !open && (
          <Popconfirm title={t("confirmStrike")} onConfirm={() => void act(() => strike(place, comment), t("struck"))}>
            <Button type="link" size="small">
              {t("strike")}
            </Button>
          </Popconfirm>
        )}
      </Space>
    </>
  );
}

function Words({ comment }: { comment: CommentItem }) {
  const parts = partsOf(comment.text, comment.mentions).map((part) => {
    if (part.kind === "mention")
      return (
        <span key={part.at} className="comment-mention">
          {part.text}
        </span>
      );
    if (part.kind === "link")
      return (
        <a key={part.at} href={part.text} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      );
    return <span key={part.at}>{part.text}</span>;
  });
  return comment.struck_at === null ? parts : <del>{parts}</del>;
}

/** Whether a time is still to come, as time goes by. */
function useOpen(until: number | null): boolean {
  const [now, setNow] = useState(() => Date.now());
  const left = until === null ? 0 : until - now;
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), left + 500);
    return () => clearTimeout(timer);
  }, [left]);
  return left > 0;
}
