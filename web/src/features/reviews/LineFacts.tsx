// A line of a review: what somebody has, and what is known of its use.

import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { type Line, oneOf, percent, RISK_COLOUR, RISKS, VERDICT_COLOUR, VERDICTS, WHYS } from "./reviews";

/** In one sentence: a role, a share or a token. */
export function useItemWords(): (line: Line) => string {
  const { t } = useTranslation("reviews");
  const label = useLabel();
  const { workspace } = useMe();
  return ({ item }) => {
    if (item.kind === "role") return t("item.role", { role: item.label ? label(item.label) : (item.role ?? "") });
    if (item.kind === "token") return t(item.all ? "item.tokenAll" : "item.token", { name: item.name ?? "" });
    const object = workspace.objects.find((o) => o.name === item.object);
    const name = object ? label(object.label) : (item.object ?? "");
    return t(item.edit ? "item.shareEdit" : "item.share", { object: name, id: (item.record ?? "").slice(-8) });
  };
}

export function Advice({ line }: { line: Line }) {
  const { t } = useTranslation("reviews");
  const advice = oneOf(VERDICTS, line.advice);
  const risk = oneOf(RISKS, line.risk);
  return (
    <span className="review-tags">
      <Tag color={VERDICT_COLOUR[advice]}>{t("advises", { verdict: t(`verdict.${advice}`) })}</Tag>
      <Tag color={RISK_COLOUR[risk]}>{t(`risk.${risk}`)}</Tag>
      {line.why.map((why) => (
        <Tag key={why}>{t(`why.${oneOf(WHYS, why)}`)}</Tag>
      ))}
    </span>
  );
}

export function Evidence({ line }: { line: Line }) {
  const { t } = useTranslation("reviews");
  const label = useLabel();
  const e = line.evidence;
  const role = line.item.kind === "role";
  const facts: [string, string][] = [
    [t("fact.since"), e.since === null ? t("fact.before") : formatTime(e.since)],
    [t("fact.lastUsed"), e.last_used === null ? t("fact.never") : formatTime(e.last_used)],
    ...(line.item.kind === "token" ? [] : [[t("fact.used"), `${e.used}`] as [string, string]]),
    ...(role ? [[t("fact.unused"), `${e.unused} / ${e.rights}`] as [string, string]] : []),
    ...(role && e.peers > 0 ? [[t("fact.peers"), `${e.peers_with} / ${e.peers}`] as [string, string]] : []),
    ...(e.explained === null ? [] : [[t("fact.explained"), percent(e.explained)] as [string, string]]),
    ...(e.alerts ? [[t("fact.alerts"), `${e.alerts}`] as [string, string]] : []),
    ...(line.item.until === null ? [] : [[t("fact.until"), formatTime(line.item.until)] as [string, string]]),
  ];
  return (
    <>
      <dl className="review-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {e.toxic.map((text) => (
        <p key={text.en} className="review-toxic">
          {label(text)}
        </p>
      ))}
    </>
  );
}

export function Decision({ line }: { line: Line }) {
  const { t } = useTranslation("reviews");
  const { decided } = line;
  if (decided === null) return <span className="muted">{t("undecided")}</span>;
  const verdict = oneOf(VERDICTS, decided.verdict);
  const detail =
    decided.until === null
      ? decided.read_only
        ? t("toRead")
        : ""
      : t("untilWhen", { when: formatTime(decided.until) });
  return (
    <div>
      <Tag color={VERDICT_COLOUR[verdict]}>{t(`verdict.${verdict}`)}</Tag> {detail}
      <div className="muted">
        {decided.by ?? t("automatic")} · {formatTime(decided.at)}
        {decided.bulk && ` · ${t("inBulk")}`}
      </div>
      {decided.reason !== "" && <div>{decided.reason}</div>}
    </div>
  );
}
