// What is done how often, by whom and how; and what of it ran, is due, or was skipped and why.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Popover, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { ButtonLink } from "@/shared/ButtonLink";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { EditDialog, ExcuseDialog } from "./dialogs";
import { type Activity, cycleOf, MARK, refreshProgramme, type Slot, STATES, stateOf, useProgramme } from "./programme";
import "./programme.css";

export function ProgrammePage() {
  const { t } = useTranslation("programme");
  const query = useProgramme();
  const manages = useDuty("programme.manage");
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [edited, setEdited] = useState<Activity>();
  const [excused, setExcused] = useState<{ activity: Activity; slot: Slot }>();
  const done = async (text: string) => {
    void message.success(text);
    await refreshProgramme(queries);
  };
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      <p className="muted programme-text">{t("text")}</p>
      <div className="programme-legend" role="group" aria-label={t("legend")}>
        {STATES.map((s) => (
          <span key={s}>
            <span className={`programme-slot programme-${s}`} aria-hidden="true">
              {MARK[s]}
            </span>{" "}
            {t(`state.${s}`)}
          </span>
        ))}
      </div>
      {query.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {query.isError && <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      <ul className="programme-list">
        {(query.data?.activities ?? []).map((a) => (
          <Line
            key={a.activity}
            activity={a}
            {...(manages
              ? { onEdit: () => setEdited(a), onExcuse: (slot: Slot) => setExcused({ activity: a, slot }) }
              : {})}
          />
        ))}
      </ul>
      {edited && query.data && (
        <EditDialog
          activity={edited}
          all={query.data.activities}
          people={query.data.people}
          onDone={() => {
            setEdited(undefined);
            void done(t("saved"));
          }}
          onClose={() => setEdited(undefined)}
        />
      )}
      {excused && (
        <ExcuseDialog
          activity={excused.activity}
          slot={excused.slot}
          onDone={() => {
            setExcused(undefined);
            void done(t("explained"));
          }}
          onClose={() => setExcused(undefined)}
        />
      )}
    </div>
  );
}

type LineProps = { activity: Activity; onEdit?: () => void; onExcuse?: (slot: Slot) => void };

function Line({ activity: a, onEdit, onExcuse }: LineProps) {
  const { t } = useTranslation("programme");
  const label = useLabel();
  return (
    <li className="panel programme-line" data-activity={a.activity}>
      <div className="programme-what">
        <h2>{label(a.title)}</h2>
        <div className="muted programme-small">
          <Tag>{t(`cycles.${cycleOf(a.cycle)}`)}</Tag>
          <Tag>{t(a.doer === "house" ? "doer.house" : "doer.officers")}</Tag>
          <span>{t("ownerIs", { name: a.owner_name ?? t("nobody") })}</span>
        </div>
        {a.scope !== "" && <p className="programme-small">{t("scopeIs", { scope: a.scope })}</p>}
        {a.method !== "" && <p className="programme-small">{t("methodIs", { method: a.method })}</p>}
      </div>
      <div className="programme-calendar">
        {a.on ? (
          <ol aria-label={t("calendar")}>
            {a.slots.map((slot) => (
              <li key={slot.first}>
                <Cell slot={slot} {...(onExcuse ? { onExcuse: () => onExcuse(slot) } : {})} />
              </li>
            ))}
          </ol>
        ) : (
          <span className="muted">{t("off")}</span>
        )}
      </div>
      <div className="programme-acts">
        <ButtonLink page={a.page}>{t("open")}</ButtonLink>
        {onEdit && <Button onClick={onEdit}>{t("edit")}</Button>}
      </div>
    </li>
  );
}

const WHYS = ["no_server", "not_done"] as const;

function Cell({ slot, onExcuse }: { slot: Slot; onExcuse?: () => void }) {
  const { t } = useTranslation("programme");
  const [open, setOpen] = useState(false);
  const state = stateOf(slot.state);
  const why = WHYS.find((w) => w === slot.why);
  const title = t("slot", { first: slot.first, state: t(`state.${state}`) });
  const text = (
    <div className="programme-pop">
      {slot.done && (
        <p>
          {formatTime(slot.done.at)} {slot.done.by ?? t("doer.house")} · {t("times", { count: slot.times })}
          {slot.done.proof !== null && (
            <>
              {" · "}
              <Link to={slot.done.proof as "/"}>{t("proof")}</Link>
            </>
          )}
        </p>
      )}
      {why && <p>{t(`why.${why}`)}</p>}
      {slot.excuse !== null && <p>{t("excuse", { who: slot.excused_by ?? "", reason: slot.excuse })}</p>}
      {state === "skipped" && onExcuse && (
        <Button
          size="small"
          onClick={() => {
            setOpen(false);
            onExcuse();
          }}
        >
          {t("explain")}
        </Button>
      )}
    </div>
  );
  return (
    <Popover title={title} content={text} trigger="click" open={open} onOpenChange={setOpen}>
      <button
        type="button"
        className={`programme-slot programme-${state}${slot.excuse !== null ? " programme-excused" : ""}`}
        aria-label={title}
      >
        {MARK[state]}
      </button>
    </Popover>
  );
}
