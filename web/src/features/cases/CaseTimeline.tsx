// Everything that was done, newest last. Words people wrote are text, never markup.

import { useTranslation } from "react-i18next";
import { formatTime } from "@/shared/format";
import { type CaseDetail, type CaseEntry, useSubject } from "./cases";
import { KINDS, SEVERITIES, VERDICTS } from "./search";

const ACTS = [
  "open",
  "note",
  "add_task",
  "set_task",
  "assign",
  "grade",
  "cite",
  "ask",
  "unask",
  "answer",
  "reveal",
  "measure",
  "contain",
  "propose",
  "consent",
  "refuse",
  "reopen",
  "escalate",
  "attach",
] as const;

export function CaseTimeline({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  return (
    <section className="panel case-section" aria-labelledby="timeline">
      <h2 id="timeline">{t("section.timeline")}</h2>
      <ol className="case-timeline">
        {of.timeline.map((entry, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a timeline only grows
          <Line key={n} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Line({ entry }: { entry: CaseEntry }) {
  const { t } = useTranslation("cases");
  const subject = useSubject();
  const act = ACTS.find((a) => a === entry.act) ?? "note";
  const severity = SEVERITIES.find((s) => s === entry.severity);
  const kind = KINDS.find((k) => k === entry.kind);
  const verdict = VERDICTS.find((v) => v === entry.verdict);
  const words = {
    who: subject(entry.by),
    to: entry.to?.name ?? "",
    severity: severity ? t(`severity.${severity}`) : "",
    kind: kind ? t(`kind.${kind}`) : "",
    verdict: verdict ? t(`verdict.${verdict}`) : "",
    count: entry.events ?? 0,
    n: (entry.task ?? 0) + 1,
    done: t(entry.done ? "done" : "undone"),
  };
  return (
    <li className={entry.act === "answer" ? "case-answer" : undefined}>
      <div className="case-line">
        <span>{t(`line.${act}`, words)}</span>
        <time className="muted num">{formatTime(entry.at)}</time>
      </div>
      {entry.text && <p className="case-text">{entry.text}</p>}
      {entry.file && <p className="case-text">{entry.file.name}</p>}
      {entry.action && <p className="case-text">{entry.action}</p>}
      {entry.until && <p className="muted">{t("until", { when: formatTime(entry.until) })}</p>}
    </li>
  );
}
