// The timeline of a record 时间线: what was said about it, done about it, asked and decided about it, and changed in it, newest first.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Checkbox, Empty, Skeleton, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { ApprovalItem, ChangeItem, FieldValue, ObjectForm, RecordView, TimelineItem } from "@/api/types";
import { useMe } from "@/app/session";
import { CreateDrawer } from "@/features/records/edit/CreateDrawer";
import { relationsOf } from "@/features/records/record/RelatedTab";
import { useLabel } from "@/i18n";
import { FieldText, Person } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import type { Values } from "@/shared/RecordForm";
import { CommentBox } from "./CommentBox";
import { CommentCard } from "./CommentCard";
import { PARTS, type Part, refreshTimeline, say, useTimeline } from "./comments";
import "./comments.css";

type Props = { object: ObjectForm; record: RecordView };

export function TimelineTab({ object, record }: Props) {
  const { t } = useTranslation("comments");
  const queries = useQueryClient();
  const place = { object: object.name, id: record.id };
  const [parts, setParts] = useState<Part[]>([...PARTS]);
  const timeline = useTimeline(place, parts);
  const entries = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  const readable = timeline.data?.pages[0]?.readable ?? true;
  const mayComment = object.actions.includes("comment");
  return (
    <div className="timeline-tab">
      {mayComment && readable && (
        <CommentBox
          place={place}
          submit={t("say")}
          onSubmit={async (text) => {
            await say(place, text);
            await refreshTimeline(queries, place);
          }}
        />
      )}
      {!readable && <Alert type="info" showIcon title={t("unreadable")} />}
      <div className="page-head">
        <Checkbox.Group
          aria-label={t("parts")}
          options={PARTS.map((part) => ({ value: part, label: t(`part.${part}`) }))}
          value={parts}
          // Nothing at all is no question.
          onChange={(chosen) => chosen.length > 0 && setParts(PARTS.filter((p) => chosen.includes(p)))}
        />
        <div className="grow" />
        <NewActivity object={object} record={record} />
      </div>
      {timeline.isPending ? (
        <Skeleton active />
      ) : timeline.isError && entries.length === 0 ? (
        <ProblemPage problem={asProblem(timeline.error)} onRetry={() => void timeline.refetch()} />
      ) : entries.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("empty")}>
          <span className="muted">{t(mayComment && readable ? "emptyHelp" : "emptyText")}</span>
        </Empty>
      ) : (
        <ol className="timeline">
          {entries.map((entry) => (
            <li key={idOf(entry)} className={entry.comment ? "timeline-entry timeline-said" : "timeline-entry"}>
              <Entry object={object} record={record} entry={entry} />
            </li>
          ))}
        </ol>
      )}
      {timeline.hasNextPage && (
        <Button block loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {timeline.isFetchNextPageError && (
        <ProblemAlert problem={asProblem(timeline.error)} onRetry={() => void timeline.fetchNextPage()} />
      )}
    </div>
  );
}

const idOf = ({ at, comment, activity, change, approval }: TimelineItem) =>
  comment?.id ??
  activity?.id ??
  change?.event ??
  (approval ? `${approval.request}-${approval.kind}-${approval.by}-${at}` : "");

function Entry({ object, record, entry }: Props & { entry: TimelineItem }) {
  const { comment, activity, change, approval } = entry;
  const at = <time className="muted">{formatTime(entry.at)}</time>;
  if (comment) {
    return (
      <>
        <div className="timeline-head">
          <strong>{comment.author_name}</strong> {at}
        </div>
        <CommentCard place={{ object: object.name, id: record.id }} comment={comment} />
      </>
    );
  }
  if (activity) return <Activity record={activity as RecordView} at={at} />;
  if (approval) return <Approval approval={approval} at={at} />;
  return change ? <Change object={object} record={record} change={change} at={at} /> : null;
}

/** What was asked or decided, with what was written where the reader may read it. */
function Approval({ approval, at }: { approval: ApprovalItem; at: React.ReactNode }) {
  const { t } = useTranslation(["comments", "requests"]);
  const kinds = ["asked", "consented", "refused", "lapsed"] as const;
  const kind = kinds.find((k) => k === approval.kind) ?? "asked";
  const step =
    approval.step > 0 && approval.steps > 1 ? t("approval.step", { step: approval.step, steps: approval.steps }) : "";
  return (
    <>
      <div className="timeline-head timeline-change">
        <span>
          {t(`approval.${kind}`, { who: approval.by_name ?? t("somebody") })}
          {step}
        </span>
        {kind === "asked" && approval.state === "withdrawn" && <span className="muted">{t("approval.withdrawn")}</span>}
        {at}
      </div>
      {approval.words && <div className="comment-text">{approval.words}</div>}
    </>
  );
}

/** A follow-up or task: its title, and what of it is filled in. */
function Activity({ record, at }: { record: RecordView; at: React.ReactNode }) {
  const { t } = useTranslation(["comments", "records", "common"]);
  const label = useLabel();
  const { workspace } = useMe();
  const object = workspace.objects.find((o) => o.name === record.object);
  if (object === undefined) return null;
  const value = object.title_field ? record.fields[object.title_field] : undefined;
  const title = typeof value === "string" && value !== "" ? value : t("records:untitled");
  const shown = object.fields.filter(
    (f) =>
      f.name !== object.title_field &&
      f.type.kind !== "reference" &&
      record.fields[f.name] !== null &&
      record.fields[f.name] !== undefined &&
      record.fields[f.name] !== "",
  );
  const long = shown.filter((f) => f.type.kind === "long_text");
  const short = shown.filter((f) => f.type.kind !== "long_text").slice(0, 6);
  return (
    <>
      <div className="timeline-head">
        <span>{label(object.label)}</span>
        <Link to="/records/$object/$id" params={{ object: object.name, id: record.id }} search={{}}>
          {title}
        </Link>
        <Person id={record.owner} /> {at}
      </div>
      {long.map((f) => (
        <div key={f.name} className="comment-text">
          <FieldText
            field={f}
            value={record.fields[f.name] as FieldValue}
            masked={record.masked.includes(f.name)}
            long
          />
        </div>
      ))}
      <div className="timeline-fields">
        {short.map((f) => (
          <span key={f.name}>
            <span className="muted">{label(f.label)}</span>{" "}
            <FieldText field={f} value={record.fields[f.name] as FieldValue} masked={record.masked.includes(f.name)} />
          </span>
        ))}
      </div>
    </>
  );
}

function Change({ object, record, change, at }: Props & { change: ChangeItem; at: React.ReactNode }) {
  const { t } = useTranslation(["comments", "common", "duplicates"]);
  const label = useLabel();
  const fields = change.fields.map((name) => {
    const field = object.fields.find((f) => f.name === name);
    return field ? label(field.label) : name;
  });
  const kinds = [
    "created",
    "changed",
    "stage",
    "transferred",
    "returned",
    "claimed",
    "shared",
    "merged",
    "parted",
  ] as const;
  const kind = kinds.find((k) => k === change.kind) ?? "changed";
  const words = {
    who: change.by_name,
    to: change.to_name ?? t("somebody"),
    fields: fields.join(t("common:listComma")),
  };
  return (
    <div className="timeline-head timeline-change">
      <span>{t(`change.${kind}`, words)}</span>
      {change.merge !== null && object.actions.includes("merge") && (
        <Link to="/merge/undo" search={{ object: object.name, id: record.id, merge: change.merge }}>
          {t("duplicates:undo.act")}
        </Link>
      )}
      {change.state === "altered" && <span className="comment-problem">{t("altered")}</span>}
      {change.state === "dropped" && <span className="muted">{t("dropped")}</span>}
      {at}
    </div>
  );
}

/** A new follow-up or task about the record. */
function NewActivity({ object, record }: Props) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const { workspace } = useMe();
  const queries = useQueryClient();
  const [making, setMaking] = useState<{ other: ObjectForm; values: Values }>();
  const activities = relationsOf(object, workspace.objects).filter(
    ({ other }) =>
      other.actions.includes("create") &&
      (other.name === "follow_up" || (other.process.done !== undefined && !other.process.done.amount)),
  );
  if (activities.length === 0) return null;
  return (
    <Space wrap>
      {activities.map(({ other, field, byCustomer }) => (
        <Button
          key={other.name}
          size="small"
          onClick={() => {
            const values: Values = { [field]: record.id };
            if (!byCustomer && other.customer_field && object.customer_field)
              values[other.customer_field] = record.customer;
            setMaking({ other, values });
          }}
        >
          {t("record.newRelated", { object: label(other.label) })}
        </Button>
      ))}
      {making && (
        <CreateDrawer
          object={making.other}
          values={making.values}
          stay
          onClose={() => {
            setMaking(undefined);
            void refreshTimeline(queries, { object: object.name, id: record.id });
          }}
        />
      )}
    </Space>
  );
}
