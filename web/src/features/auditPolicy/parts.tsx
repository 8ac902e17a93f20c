// Lines of a policy in words, differences of two, and what a change means.

import { useTranslation } from "react-i18next";
import type { AuditEffect, AuditPolicy } from "@/api/types";
import { useObjectWords } from "@/shared/directory";
import { formatNumber } from "@/shared/format";
import { type Depth, differences, type Line } from "./policy";

const count = (n: number) => formatNumber(n, 0, false);

/** A line's name and value in words. */
export function usePolicyWords() {
  const { t } = useTranslation("auditPolicy");
  const words = useObjectWords();
  const depth = (value: Depth) =>
    value.kind === "sampled" ? t("depth.sampled", { n: value.one_in }) : t(`depth.${value.kind}`);
  const label = (line: Line): string => {
    if (line.object !== undefined) return t("scopeLine", { object: words.object(line.object) });
    return (t as (key: string) => string)(`line.${line.key}`);
  };
  const value = (line: Line, of: Line["value"] | undefined): string => {
    if (line.part === "scope") return of === undefined ? t("depth.full") : depth(of as Depth);
    if (of === undefined) return t("value.asRest");
    if (line.part === "method") return t(`value.${of as "names" | "classes" | "values" | "digest"}`);
    if (line.part === "retention")
      return of === null ? t("value.forGood") : t("value.days", { n: count(of as number) });
    return t(`value.${line.key as "checkpoint" | "verify" | "review"}`, { n: of as number });
  };
  return { label, value };
}

export function Differences({ from, to }: { from: AuditPolicy; to: AuditPolicy }) {
  const { t } = useTranslation("auditPolicy");
  const { label, value } = usePolicyWords();
  return (
    <div className="policy-scroll">
      <table className="policy-diff">
        <thead>
          <tr>
            <th scope="col">{t("proposal.setting")}</th>
            <th scope="col">{t("proposal.from")}</th>
            <th scope="col">{t("proposal.to")}</th>
          </tr>
        </thead>
        <tbody>
          {differences(from, to).map((d) => (
            <tr key={d.line.key}>
              <th scope="row">{label(d.line)}</th>
              <td>{value(d.line, d.from)}</td>
              <td className="policy-new">{value(d.line, d.to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Effect({ effect }: { effect: AuditEffect }) {
  const { t } = useTranslation("auditPolicy");
  const { days, events, thinned, records, shortened, dropped } = effect;
  const lines = [
    thinned > 0 && t("effect.thinned", { days, all: count(events), n: count(thinned), records: count(records) }),
    shortened > 0 && t("effect.shortened", { days, n: count(shortened) }),
    dropped > 0 && t("effect.dropped", { n: count(dropped) }),
  ].filter((line) => line !== false);
  return (
    <div className="policy-effect">
      <h3>{t("effect.title")}</h3>
      <ul>{lines.length === 0 ? <li>{t("effect.none")}</li> : lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </div>
  );
}
