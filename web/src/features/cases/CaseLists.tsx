// Tasks that are ticked off, and what was done about it.

import { App, Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { at, type CaseDetail, useRefresh } from "./cases";
import { KINDS } from "./search";

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
              {m.until !== null && <> · {t("until", { when: formatTime(m.until) })}</>}
            </span>
            <p className="case-text">{m.text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
