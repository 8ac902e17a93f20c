// What pages of the access log are made of.

import { Link } from "@tanstack/react-router";
import { Tag, Tooltip, Typography } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { useObjectWords, useRuleTitle, useUserName } from "@/shared/directory";
import { useDepartmentName } from "@/shared/fields/people";

/** An id as people can tell it from another; whole when copied or pointed at. */
export function ShortId({ id, copy = false }: { id: string; copy?: boolean }) {
  const { t } = useTranslation(["audit", "common"]);
  const short = `${id.slice(0, 4)}…${id.slice(-8)}`;
  if (!copy) {
    return (
      <span className="mono" title={id}>
        {short}
      </span>
    );
  }
  return (
    <Typography.Text className="mono" title={id} copyable={{ text: id, tooltips: [t("copy"), t("common:copied")] }}>
      {short}
    </Typography.Text>
  );
}

export function Decision({ decision }: { decision: string }) {
  const term = useTerms();
  const color = decision === "refused" || decision === "failed" ? "warning" : "default";
  return <Tag color={color}>{term("decision", decision)}</Tag>;
}

/** Of a line of another system's log: whose word it is. Nothing was decided here. */
export function ForeignTag({ source }: { source: string }) {
  const { t } = useTranslation("audit");
  return <Tag>{t("foreign.from", { source })}</Tag>;
}

/** Said only where something is not as it was recorded. */
export function StateTag({ state, always = false }: { state: string; always?: boolean }) {
  const term = useTerms();
  if (state === "whole" && !always) return null;
  const color = state === "altered" ? "error" : state === "whole" ? "success" : "default";
  return <Tag color={color}>{term("state", state)}</Tag>;
}

/** Rules by their titles, with their ids to point at. */
export function Rules({ rules, none }: { rules: string[]; none?: string }) {
  const title = useRuleTitle();
  if (rules.length === 0) return <span className="muted">{none ?? "—"}</span>;
  return (
    <>
      {rules.map((rule) => (
        <Tooltip key={rule} title={rule}>
          <Tag>{title(rule) ?? rule}</Tag>
        </Tooltip>
      ))}
    </>
  );
}

export function useWho(): (event: Pick<AuditEvent, "user" | "user_name" | "on_behalf_of">) => string {
  const { t } = useTranslation("audit");
  const name = useUserName();
  return (event) =>
    event.on_behalf_of
      ? `${event.user_name} (${t("event.onBehalf")} ${name(event.on_behalf_of) ?? t("unknownUser")})`
      : event.user_name;
}

/** Which fields were seen, in words. */
export function useFieldsSeen(): (object: string | null, shown: string[], masked: string[]) => string {
  const { t, i18n } = useTranslation("audit");
  const words = useObjectWords();
  const [comma, colon, semicolon] = i18n.language === "en" ? [", ", ": ", "; "] : ["、", "：", "；"];
  return (object, shown, masked) => {
    const names = (all: string[]) => all.map((n) => (object ? words.field(object, n) : n)).join(comma);
    return [
      shown.length > 0 ? `${t("event.shown")}${colon}${names(shown)}` : "",
      masked.length > 0 ? `${t("event.masked")}${colon}${names(masked)}` : "",
    ]
      .filter(Boolean)
      .join(semicolon);
  };
}

/** A link to who saw a customer or one of its records. */
export function SeenLink({ id, customer, children }: { id: string; customer?: string; children?: ReactNode }) {
  return (
    <Link
      to="/audit/seen/$id"
      params={{ id }}
      search={customer && customer !== id ? { customer } : {}}
      className="link-small"
    >
      {children ?? <ShortId id={id} />}
    </Link>
  );
}

/** Gives bytes to the browser to keep. */
export function keep(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function Command({ text }: { text: string }) {
  const { t } = useTranslation(["audit", "common"]);
  return (
    <Typography.Paragraph
      className="command"
      copyable={{ text, tooltips: [t("copyCommand"), t("common:copied")] }}
      style={{ marginBottom: 8 }}
    >
      <code>{text}</code>
    </Typography.Paragraph>
  );
}

/** Says that asking is recorded, and when it was asked. */
export function AskedNote({ at, children }: { at?: number; children?: ReactNode }) {
  const { t } = useTranslation("audit");
  return (
    <span className="muted asked-note">
      {at ? `${t("asOf", { time: new Date(at).toLocaleTimeString("zh-CN", { hour12: false }) })} · ` : ""}
      {t("recorded")} {children}
    </span>
  );
}

/** Why the actor had to do with a record; "—" where it was not asked. */
export function Reason({ reason }: { reason: string | null }) {
  const term = useTerms();
  if (reason === null) return <span className="muted">—</span>;
  return <Tag color={reason === "none" ? "warning" : "default"}>{term("reason", reason)}</Tag>;
}

/** The same of a record in an event, with whose it was then. */
export function ReasonLine({ reason, owner, department }: Record<"reason" | "owner" | "department", string | null>) {
  const { t } = useTranslation("audit");
  const nameOf = useDepartmentName();
  if (reason === null) return null;
  const where = department && (nameOf(department) ?? department);
  return (
    <div className="event-line">
      {t("col.reason")} <Reason reason={reason} />
      <span className="muted">
        {owner && t("event.ownerThen", { name: owner })}
        {owner && where && " · "}
        {where && t("event.departmentThen", { name: where })}
      </span>
    </div>
  );
}

/** How many records were touched without a reason. */
export function Unexplained({ count }: { count: number | null }) {
  if (count === null) return <span className="muted">—</span>;
  return count > 0 ? <Tag color="warning">{count}</Tag> : <>0</>;
}
