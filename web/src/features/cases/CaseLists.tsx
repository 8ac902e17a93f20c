// Tasks that are ticked off, and what was done about it.

import { Link } from "@tanstack/react-router";
import { App, Checkbox, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { useDuty } from "@/app/session";
import { useLabel, useLanguage } from "@/i18n";
import { formatTime } from "@/shared/format";
import { at, type CaseDetail, useRefresh } from "./cases";
import { ALERT_STATES, FEEDBACK, KINDS } from "./search";

export function CaseTasks({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  const label = useLabel();
  const { message } = App.useApp();
  const refresh = useRefresh();
  const still = !of.handles || of.state === "closed" || of.waits_for_consent;
  const set = async (task: number, done: boolean) => {
    try {
      await api.PUT("/api/v1/cases/{id}/tasks/done", { params: at(of), body: { task, done } });
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await refresh();
  };
  return (
    <section className="panel case-section" aria-labelledby="tasks">
      <h2 id="tasks">{t("section.tasks")}</h2>
      {of.tasks.length === 0 && <p className="muted">{t("noTasks")}</p>}
      <ul className="case-tasks">
        {of.tasks.map((task, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tasks stay in their order
          <li key={n}>
            <Checkbox checked={task.done} disabled={still} onChange={({ target }) => void set(n, target.checked)}>
              {task.text}
            </Checkbox>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function CaseMeasures({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  return (
    <section className="panel case-section" aria-labelledby="measures">
      <h2 id="measures">{t("section.measures")}</h2>
      {of.measures.length === 0 && <p className="muted">{t("noMeasures")}</p>}
      <ul className="case-tasks">
        {of.measures.map((m) => (
          <li key={`${m.at} ${m.text}`}>
            <strong>{t(`kind.${KINDS.find((k) => k === m.kind) ?? "other"}`)}</strong>{" "}
            <span className="muted">
              {m.by.name} · {formatTime(m.at)}
              {m.until !== null && m.taken === null && <> · {t("until", { when: formatTime(m.until) })}</>}
            </span>
            <p className="case-text">{m.text}</p>
            {m.taken && <Taken of={m.taken} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How something that was taken from the subject stands now. */
function Taken({ of }: { of: components["schemas"]["CaseTaken"] }) {
  const { t } = useTranslation("cases");
  const takes = useDuty("response.take");
  const state = of.in_force
    ? of.until === null
      ? t("taken.endless")
      : t("taken.inForce", { when: formatTime(of.until) })
    : of.ended_at !== null
      ? t("taken.ended", { who: of.ended_by?.name ?? "", when: formatTime(of.ended_at), why: of.ended_why ?? "" })
      : t("taken.over", { when: of.until === null ? "" : formatTime(of.until) });
  return (
    <p className="case-taken">
      <Tag {...(of.in_force ? { color: "warning" } : {})}>{state}</Tag>
      {of.waits && <Tag color="processing">{t("taken.waits")}</Tag>}
      {takes && (
        <Link to="/responses" search={of.in_force ? {} : { tab: "past" }}>
          {t("taken.open")}
        </Link>
      )}
    </p>
  );
}

/** The alerts it came of, and what the case made of them. */
export function CaseAlerts({ of }: { of: CaseDetail }) {
  const { t } = useTranslation("cases");
  const zh = useLanguage() !== "en";
  const reads = useDuty("alert.read");
  if (of.alerts.length === 0) return null;
  return (
    <section className="panel case-section" aria-labelledby="case-alerts">
      <h2 id="case-alerts">{t("alerts.title")}</h2>
      <ul className="case-tasks">
        {of.alerts.map((alert) => {
          const title = zh ? alert.title_zh : alert.title_en;
          const state = ALERT_STATES.find((s) => s === alert.state) ?? "open";
          const feedback = FEEDBACK.find((f) => f === alert.feedback);
          return (
            <li key={alert.id}>
              {reads ? (
                <Link to="/alerts/$id" params={{ id: alert.id }}>
                  {title}
                </Link>
              ) : (
                title
              )}{" "}
              <Tag>{t(`alerts.state.${state}`)}</Tag>
              <span className="muted">
                {feedback && t(`alerts.feedback.${feedback}`)}
                {alert.closed_by_case && ` · ${t("alerts.byCase")}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
