// One check: what it saw, what mends it, who sees to it, and what is put up with.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Popconfirm, Tag, Typography } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { ButtonLink } from "@/shared/ButtonLink";
import { formatNumber, formatTime } from "@/shared/format";
import { Severity } from "@/shared/Severity";
import { AssignDialog, WaiveDialog } from "./dialogs";
import { type Check, COLOUR, type Figure, isWaived, refreshPosture, riskOf, stateOf } from "./posture";
import { press, pressOf } from "./press";

export function CheckCard({ check }: { check: Check }) {
  const { t } = useTranslation("posture");
  const label = useLabel();
  const [open, setOpen] = useState(false);
  const id = useId();
  const title = label(check.title);
  const state = stateOf(check);
  const overdue = check.due_at !== null && check.due_at < Date.now() && state === "bad";
  return (
    <li className="panel posture-check" data-check={check.id}>
      <button
        type="button"
        className="posture-head"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Tag color={COLOUR[state]}>{t(`state.${state}`)}</Tag>
        <span className="posture-title">{title}</span>
        <span className="posture-tags">
          {check.waiver && (
            <Tag color={isWaived(check) ? "purple" : "default"}>
              {t(isWaived(check) ? "waived" : check.waiver.state === "waiting" ? "waiting" : "lapsed")}
            </Tag>
          )}
          {overdue && <Tag color="error">{t("overdue")}</Tag>}
          {check.owner_name && <span className="muted">{check.owner_name}</span>}
          <Severity level={riskOf(check.risk)}>{t(`risk.${riskOf(check.risk)}`)}</Severity>
        </span>
      </button>
      {open && (
        <div id={id} className="posture-body">
          <Evidence check={check} />
          <Fix check={check} />
          <Care check={check} />
        </div>
      )}
    </li>
  );
}

const UNITS = ["count", "days", "hours", "minutes", "seconds", "milliseconds", "mebibytes", "percent"] as const;

function useFigure() {
  const { t } = useTranslation("posture");
  const unit = (figure: Figure, value: number) => {
    const n = formatNumber(value, 0, false);
    return t(`unit.${UNITS.find((u) => u === figure.is) ?? "count"}`, { n });
  };
  return {
    found: (f: Figure) => {
      if (f.value === null) return t("nothing");
      if (f.is === "yes_no") return t(f.value === 0 ? "no" : "yes");
      return unit(f, f.value);
    },
    wanted: (f: Figure) => {
      if (f.is === "yes_no") return t(f.at_least !== null ? "mustYes" : "mustNo");
      if (f.at_most === 0) return t("zero");
      return f.at_most !== null
        ? t("atMost", { n: unit(f, f.at_most) })
        : t("atLeast", { n: unit(f, f.at_least ?? 0) });
    },
  };
}

const SOURCES = ["configuration", "files", "machine", "database", "company", "rows", "log"] as const;

function Evidence({ check }: { check: Check }) {
  const { t } = useTranslation("posture");
  const label = useLabel();
  const figure = useFigure();
  const from = SOURCES.find((s) => s === check.from) ?? "nowhere";
  return (
    <section>
      <h3>{t("evidence")}</h3>
      {check.why && <p>{label(check.why)}</p>}
      {check.figures.length > 0 && (
        <table className="posture-figures">
          <thead>
            <tr>
              <th scope="col">{t("evidence")}</th>
              <th scope="col">{t("measured")}</th>
              <th scope="col">{t("wanted")}</th>
            </tr>
          </thead>
          <tbody>
            {check.figures.map((f) => (
              <tr key={f.label.en}>
                <td>{label(f.label)}</td>
                <td className={f.met ? "" : "posture-missed"}>{figure.found(f)}</td>
                <td>{figure.wanted(f)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="muted posture-small">
        {check.at !== null && t("source", { from: t(`from.${from}`), when: formatTime(check.at) })}{" "}
        {check.proof !== null && <Link to={check.proof as "/"}>{t("proof")}</Link>}
      </p>
      <p className="muted posture-small">
        {t("lawsAre", { laws: check.laws.join(t("and")) })} · {t("weight", { n: check.weight })} ·{" "}
        <code>{check.id}</code>
      </p>
    </section>
  );
}

function Fix({ check }: { check: Check }) {
  const { t } = useTranslation("posture");
  const label = useLabel();
  const { text, page, command } = check.fix;
  return (
    <section>
      <h3>{t("fix")}</h3>
      <p>{label(text)}</p>
      {command !== null && (
        <p>
          <span className="muted">{t("command")}</span>{" "}
          <Typography.Text code copyable={{ text: command }}>
            {command}
          </Typography.Text>
        </p>
      )}
      <div className="posture-acts">
        {page !== null && stateOf(check) !== "good" && (
          <ButtonLink page={page} primary>
            {t("toFix")}
          </ButtonLink>
        )}
        <Press check={check} />
      </div>
    </section>
  );
}

/** Sets what the check wants, of whoever may, after asking. */
function Press({ check }: { check: Check }) {
  const { t } = useTranslation("posture");
  const label = useLabel();
  const figure = useFigure();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const sets = useDuty("setting.manage");
  const to = pressOf(check);
  if (!sets || to === undefined) return null;
  const set = async () => {
    try {
      await press(check, to);
      void message.success(t("pressed"), 6);
      await queries.invalidateQueries({ queryKey: ["settings"] });
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  const lines = check.figures.filter((f) => !f.met);
  return (
    <Popconfirm
      title={t("pressAsk")}
      description={lines.map((f) => (
        <div key={f.label.en}>
          {t("pressLine", { what: label(f.label), from: figure.found(f), to: figure.wanted(f) })}
        </div>
      ))}
      okText={t("press")}
      onConfirm={set}
    >
      <Button>{t("press")}</Button>
    </Popconfirm>
  );
}

function Care({ check }: { check: Check }) {
  const { t } = useTranslation("posture");
  const label = useLabel();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const manages = useDuty("posture.manage");
  const [dialog, setDialog] = useState<"assign" | "waive">();
  const { waiver } = check;
  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      void message.success(done);
      await refreshPosture(queries);
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  const params = { path: { check: check.id } };
  const wrong = stateOf(check) === "bad" || stateOf(check) === "unknown";
  const live = waiver !== null && waiver.state !== "over";
  return (
    <section>
      <h3>{t("care")}</h3>
      <p>
        {t("ownerIs", { name: check.owner_name ?? t("nobody") })} ·{" "}
        {t("dueIs", { when: check.due_at === null ? "—" : formatTime(check.due_at) })}
      </p>
      {waiver && (
        <p>
          {t("waiverText", {
            by: waiver.by,
            at: formatTime(waiver.at),
            until: formatTime(waiver.until),
            reason: waiver.reason,
          })}{" "}
          {waiver.second !== null && t("waiverSecond", { who: waiver.second })}{" "}
          <span className="muted">{t("waiverNote")}</span>
        </p>
      )}
      {manages && (
        <div className="posture-acts">
          <Button onClick={() => setDialog("assign")}>{t("assign")}</Button>
          {wrong && !live && <Button onClick={() => setDialog("waive")}>{t("waive")}</Button>}
          {waiver?.state === "waiting" && !waiver.own && (
            <Button
              type="primary"
              onClick={() =>
                void act(
                  () => api.POST("/api/v1/posture/checks/{check}/waiver/confirmation", { params }),
                  t("confirmed"),
                )
              }
            >
              {t("confirm")}
            </Button>
          )}
          {live && (
            <Button
              danger
              onClick={() =>
                void act(() => api.DELETE("/api/v1/posture/checks/{check}/waiver", { params }), t("lifted"))
              }
            >
              {t("lift")}
            </Button>
          )}
        </div>
      )}
      {dialog === "assign" && <AssignDialog check={check} onClose={() => setDialog(undefined)} />}
      {dialog === "waive" && <WaiveDialog check={check} onClose={() => setDialog(undefined)} />}
    </section>
  );
}
