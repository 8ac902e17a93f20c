// What came of a replay: totals, what cannot be told and why, by person, department, operation and rule, with examples.

import { Link } from "@tanstack/react-router";
import { Alert, Button, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { ReplayAnswer, ReplayLine } from "@/api/types";
import { saveText } from "@/features/imports/saveText";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { formatNumber, formatTime } from "@/shared/format";
import { CHANGES, csvOf, knownChange, knownWhy, untoldOf } from "./replay";

const whole = (n: number) => formatNumber(n, 0, false);

export function ReplayResult({ answer }: { answer: ReplayAnswer }) {
  const { t } = useTranslation("replay");
  const term = useTerms();
  if (answer.decisions === 0) return <p>{t("nothing")}</p>;
  const untold = untoldOf(answer);
  const figure = (name: string, value: number) => (
    <div>
      <dt>{name}</dt>
      <dd>{whole(value)}</dd>
    </div>
  );
  const headline =
    answer.differ === 0
      ? t("none", { decisions: whole(answer.decisions - untold) })
      : t("some", {
          differ: whole(answer.differ),
          decisions: whole(answer.decisions),
          people: whole(answer.people),
          customers: whole(answer.customers),
        });
  return (
    <div className="replay-result">
      <Alert type={answer.differ === 0 ? "success" : "warning"} showIcon title={headline} />
      <dl className="replay-figures">
        {CHANGES.map((change) => (
          <div key={change} className={answer.counts[change] > 0 ? `replay-${change}` : ""}>
            <dt>{t(`change.${change}`)}</dt>
            <dd>{whole(answer.counts[change])}</dd>
          </div>
        ))}
        {figure(t("explained"), answer.explained)}
        {figure(t("unexplained"), answer.unexplained)}
      </dl>
      <p className="muted">
        {t("base", {
          from: formatTime(answer.from),
          until: formatTime(answer.until),
          decisions: whole(answer.decisions),
          situations: whole(answer.situations),
        })}
      </p>
      {untold > 0 && (
        <section aria-label={t("untold")}>
          <h3>{t("untoldCount", { accesses: whole(untold) })}</h3>
          <ul>
            {answer.untold.map((u) => (
              <li key={u.why}>
                {t(`why.${knownWhy(u.why)}`)} <Tag>{whole(u.accesses)}</Tag>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Lines title={t("byUser")} lines={answer.by_user} name={(line) => line.name} />
      <Lines title={t("byDepartment")} lines={answer.by_department} name={(line) => line.name || line.of} />
      <Lines title={t("byAction")} lines={answer.by_action} name={(line) => term("action", line.of)} />
      <Lines title={t("byRule")} lines={answer.by_rule} name={(line) => line.of} code />
      <Examples answer={answer} />
      <Button className="replay-file" onClick={() => saveText("policy-replay.csv", csvOf(answer))}>
        {t("file")}
      </Button>
    </div>
  );
}

type LinesProps = { title: string; lines: ReplayLine[]; name: (line: ReplayLine) => string; code?: boolean };

function Lines({ title, lines, name, code }: LinesProps) {
  const { t } = useTranslation("replay");
  if (lines.length === 0) return null;
  const some = CHANGES.filter((change) => lines.some((line) => line.counts[change] > 0));
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className="replay-table" role="group" aria-label={title} tabIndex={0}>
        <Table
          size="small"
          rowKey="of"
          pagination={lines.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
          dataSource={lines}
          columns={[
            { title, render: (_, line) => (code ? <code>{name(line)}</code> : name(line)) },
            ...some.map((change) => ({
              title: t(`change.${change}`),
              key: change,
              align: "right" as const,
              className: "number",
              render: (_: unknown, line: ReplayLine) => whole(line.counts[change]),
            })),
          ]}
        />
      </div>
    </section>
  );
}

function Examples({ answer }: { answer: ReplayAnswer }) {
  const { t, i18n } = useTranslation("replay");
  const term = useTerms();
  const words = useObjectWords();
  const comma = i18n.language === "en" ? ", " : "、";
  const names = new Map(answer.by_user.map((line) => [line.of, line.name]));
  if (answer.without_events) return <p className="muted">{t("withoutEvents")}</p>;
  if (answer.examples.length === 0) return null;
  return (
    <section aria-label={t("examples")}>
      <h3>{t("examples")}</h3>
      <ul className="replay-examples">
        {answer.examples.slice(0, 40).map((e) => (
          <li key={`${e.event}${e.change}`}>
            <Tag>{t(`change.${knownChange(e.change)}`)}</Tag>
            <Link to="/audit/log/$id" params={{ id: e.event }}>
              {formatTime(e.at)}
            </Link>{" "}
            {names.get(e.user) ?? e.user} · {term("action", e.action)}
            {e.object !== null && ` · ${words.object(e.object)}`}
            {e.fields.length > 0 && ` · ${e.fields.map((f) => words.field(e.object ?? "", f)).join(comma)}`}
            {e.explained === false && <Tag>{t("unexplained")}</Tag>}
            {e.rules.length > 0 && <div className="muted replay-rules">{e.rules.join(comma)}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}
