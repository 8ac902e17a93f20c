// One request: who asks for what and why, where it stands, who said what.

import { Tag } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RequestItem } from "@/api/types";
import { useMe } from "@/app/session";
import { AskedExport } from "@/features/exports/question";
import { useObjectWords } from "@/shared/directory";
import { RecordLink } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { AskedRecord } from "./AskedRecord";

const COLOURS: Record<string, string> = {
  waiting: "processing",
  approved: "success",
  used: "success",
  refused: "error",
};

export function StateTag({ request }: { request: RequestItem }) {
  const { t } = useTranslation("requests");
  if (request.kind === "break_glass") {
    const words: Record<string, string> = {
      waiting: t("state.unreviewed"),
      approved: t("state.reviewed"),
      refused: t("state.violation"),
    };
    return <Tag color={COLOURS[request.state] ?? "default"}>{words[request.state] ?? request.state}</Tag>;
  }
  const states = ["waiting", "approved", "refused", "withdrawn", "lapsed", "used"] as const;
  const state = states.find((s) => s === request.state);
  return <Tag color={COLOURS[request.state] ?? "default"}>{state ? t(`state.${state}`) : request.state}</Tag>;
}

function useWhat(): (request: RequestItem) => string {
  const { t } = useTranslation("requests");
  return (request) => {
    if (request.kind === "export") return t("what.rows", { rows: request.rows ?? 0 });
    if (request.kind === "break_glass") return t("what.hours", { hours: request.hours ?? 0 });
    return t(request.edit ? "what.edit" : "what.read", { days: request.days ?? 0 });
  };
}

/** `named`: the record by its title, which is asked for; else by its id. */
export function RequestCard({
  request,
  named,
  own,
  here,
  children,
}: {
  request: RequestItem;
  named: boolean;
  own?: boolean;
  /** On the page of the record itself. */
  here?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation("requests");
  const { workspace } = useMe();
  const words = useObjectWords();
  const what = useWhat();
  const kinds = ["access", "export", "break_glass", "record"] as const;
  const kind = kinds.find((k) => k === request.kind) ?? "access";
  const open = named && workspace.objects.some((o) => o.name === request.object);
  const ways = ["named", "stand_in", "deputy", "escalated"] as const;
  const may = ways.find((w) => w === request.may);
  return (
    <li className={kind === "break_glass" ? "panel request request-emergency" : "panel request"}>
      <div className="request-head">
        <strong>{own ? t(`kind.${kind}`) : request.requester_name}</strong>
        {!own && <span>{t(`kind.${kind}`)}</span>}
        <StateTag request={request} />
        {may && may !== "named" && <Tag color="gold">{t(`by.${may}`)}</Tag>}
        {request.steps > 1 && (
          <span className="muted">
            {t("step", { step: Math.min(request.step + 1, request.steps), steps: request.steps })}
          </span>
        )}
      </div>
      <div className="request-what">
        {words.object(request.object)}
        {request.record && !here && (
          <>
            {" · "}
            {open ? (
              <RecordLink object={request.object} id={request.record} />
            ) : (
              <code className="requests-id">{request.record}</code>
            )}
          </>
        )}
        {kind !== "record" && ` · ${what(request)}`}
      </div>
      {kind === "record" && request.record && request.may && !here && (
        <AskedRecord object={request.object} id={request.record} />
      )}
      {kind === "export" && <AskedExport object={request.object} asked={request.question} />}
      {request.reason && <blockquote className="request-reason">{request.reason}</blockquote>}
      {request.decisions.length > 0 && (
        <ul className="request-decisions">
          {request.decisions.map((d) => (
            <li key={`${d.step} ${d.by} ${d.at}`}>
              <Tag color={d.consent ? "success" : "error"}>
                {kind === "break_glass"
                  ? t(d.consent ? "decide.lawful" : "decide.unlawful")
                  : t(d.consent ? "decide.consent" : "decide.refuse")}
              </Tag>
              {d.by_name}
              {d.how === "deputy" && <span className="muted"> ({t("by.deputy")})</span>}
              {d.comment && <span>：{d.comment}</span>}
              <span className="muted"> {formatTime(d.at)}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="request-foot">
        <span className="muted">
          {t("madeAt")} {formatTime(request.made_at)}
          {request.state === "waiting" && request.lapses_at !== null && request.lapses_at !== undefined && (
            <>
              {" · "}
              {t("lapsesAt")} {formatTime(request.lapses_at)}
            </>
          )}
        </span>
        <span className="grow" />
        {children}
      </div>
    </li>
  );
}
