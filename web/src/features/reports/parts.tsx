// The parts of a report as they are read in the console.

import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { NumberCard } from "@/features/programme/NumberCard";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { formatTime } from "@/shared/format";
import {
  type Control,
  type Figure,
  type Finding,
  type Query,
  type Report,
  type Section,
  shown,
  type Table,
  toLog,
} from "./report";

type FigureName = "events";

/** A number, and the way to its events for who may read the log. */
function Num({ value, is, query, name }: { value: number; is: string; query: Query | null | undefined; name: string }) {
  const { t } = useTranslation("reports");
  const audits = useDuty("audit.read");
  const text = shown(value, is);
  if (!audits || !query) return <>{text}</>;
  return (
    <Link to="/audit/log" search={toLog(query)} aria-label={t("events", { name, value: text })}>
      {text}
    </Link>
  );
}

export function Part({ section, report, subject }: { section: Section; report: Report; subject: boolean }) {
  const { t } = useTranslation("reports");
  switch (section.id) {
    case "summary":
      return <Figures figures={section.figures ?? []} />;
    case "standing":
      return (
        <>
          <p className="muted">{t("standing", { at: formatTime(report.made.at) })}</p>
          <ul className="oversight-grid">
            {(section.standing ?? []).map(({ page, ...number }) => (
              <NumberCard key={number.id} item={{ ...number, proof: page }} />
            ))}
          </ul>
        </>
      );
    case "findings":
      return section.findings?.length ? (
        section.findings.map((finding) => <Problem key={finding.rule} finding={finding} />)
      ) : (
        <p>{t("noFindings")}</p>
      );
    case "looks":
    case "changes":
      return <Looks section={section} subject={subject} />;
    case "controls":
      return <Controls controls={section.controls ?? []} />;
    case "method":
      return (
        <>
          <p>{t("method.counted")}</p>
          <p>{t("method.limits")}</p>
          {report.left_out > 0 && <p>{t("method.leftOut", { count: report.left_out })}</p>}
          {report.whole && !report.compared && <p>{t("method.notCompared")}</p>}
        </>
      );
    default:
      return (
        <>
          {(section.tables ?? []).map((table) => (
            <Numbers key={table.id} table={table} title={t(`section.${section.id}`)} />
          ))}
        </>
      );
  }
}

function Figures({ figures }: { figures: Figure[] }) {
  const { t } = useTranslation("reports");
  return (
    <dl className="report-figures">
      {figures.map((f) => {
        const name = t(`figure.${f.id as FigureName}`);
        return (
          <div key={f.id} className="panel">
            <dt>{name}</dt>
            <dd>
              <span className="report-value">
                <Num value={f.value} is={f.is} query={f.query} name={name} />
              </span>
              <span className="muted report-before">
                {f.before === null ? t("noBefore") : t("before", { value: shown(f.before, f.is) })}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Problem({ finding }: { finding: Finding }) {
  const { t } = useTranslation("reports");
  const label = useLabel();
  const audits = useDuty("audit.read");
  const colour = { high: "error", medium: "warning", low: "default" }[finding.severity];
  return (
    <article className="panel report-finding">
      <h3>
        <Tag color={colour}>{t(`severity.${finding.severity}`)}</Tag> {label(finding.title)}
      </h3>
      <dl>
        {(["condition", "criteria", "cause", "effect", "recommendation"] as const).map((part) => (
          <div key={part}>
            <dt>{t(`finding.${part}`)}</dt>
            <dd>{label(finding[part])}</dd>
          </div>
        ))}
      </dl>
      <p className="report-links">
        <Link to={finding.page}>{t("finding.act")}</Link>
        {audits && finding.query && (
          <Link to="/audit/log" search={toLog(finding.query)}>
            {t("finding.events")}
          </Link>
        )}
      </p>
    </article>
  );
}

function Numbers({ table, title }: { table: Table; title: string }) {
  const { t } = useTranslation("reports");
  const label = useLabel();
  if (table.rows.length === 0) return <p className="muted">{t("emptyTable")}</p>;
  const top = Math.max(1, ...table.rows.map((row) => row.cells[0]?.value ?? 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key
    <section className="report-scroll" tabIndex={0} aria-label={title}>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t("row")}</th>
            <th aria-hidden className="report-bars" />
            {table.columns.map((column) => (
              <th key={column} scope="col" className="num">
                {t(`figure.${column as FigureName}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{label(row.label)}</th>
              <td aria-hidden className="report-bars">
                <span
                  className="report-bar-of"
                  style={{ width: `${Math.round((100 * (row.cells[0]?.value ?? 0)) / top)}%` }}
                />
              </td>
              {row.cells.map((cell, n) => {
                const column = table.columns[n] ?? "events";
                return (
                  <td key={column} className="num">
                    <Num
                      value={cell.value}
                      is="events"
                      query={cell.query}
                      name={`${label(row.label)} ${t(`figure.${column as FigureName}`)}`}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {table.more > 0 && <p className="muted">{t("more", { count: table.more })}</p>}
    </section>
  );
}

function Looks({ section, subject }: { section: Section; subject: boolean }) {
  const { t } = useTranslation("reports");
  const label = useLabel();
  const audits = useDuty("audit.read");
  const term = useTerms();
  const looks = section.looks ?? [];
  if (looks.length === 0) return <p className="muted">{t("emptyTable")}</p>;
  const changes = section.id === "changes";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key
    <section className="report-scroll" tabIndex={0} aria-label={t(`section.${section.id}`)}>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t("look.at")}</th>
            {!subject && <th scope="col">{t("look.who")}</th>}
            <th scope="col">{t("look.action")}</th>
            {!subject && <th scope="col">{t("look.decision")}</th>}
            <th scope="col">{subject ? t("look.kinds") : t("look.what")}</th>
            {!changes && <th scope="col">{t("look.why")}</th>}
          </tr>
        </thead>
        <tbody>
          {looks.map((look, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows that never change
            <tr key={n}>
              <td>
                {audits && look.event ? (
                  <Link to="/audit/log/$id" params={{ id: look.event }}>
                    {formatTime(look.at)}
                  </Link>
                ) : (
                  formatTime(look.at)
                )}
              </td>
              {!subject && <td>{look.user_name}</td>}
              <td>{term("action", look.action)}</td>
              {!subject && <td>{term("decision", look.decision)}</td>}
              <td>{label(look.what)}</td>
              {!changes && <td>{look.why ? label(look.why) : ""}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {(section.more ?? 0) > 0 && <p className="muted">{t("moreLooks", { count: section.more ?? 0 })}</p>}
    </section>
  );
}

const COLOURS = { met: "success", not_met: "error", shown: "default" } as const;

function Controls({ controls }: { controls: Control[] }) {
  const { t, i18n } = useTranslation("reports");
  const label = useLabel();
  return (
    <>
      <p className="muted">{t("control.lawyer")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key */}
      <section className="report-scroll" tabIndex={0} aria-label={t("section.controls")}>
        <table className="report-table">
          <thead>
            <tr>
              <th scope="col">{t("control.law")}</th>
              <th scope="col">{t("control.clause")}</th>
              <th scope="col">{t("control.asked")}</th>
              <th scope="col" className="num">
                {t("control.figure")}
              </th>
              <th scope="col">{t("control.state")}</th>
              <th scope="col">{t("control.found")}</th>
            </tr>
          </thead>
          <tbody>
            {controls.map((c) => (
              <tr key={c.id}>
                <td>
                  {i18n.language.startsWith("zh") ? c.law : c.law_en}
                  {c.lawyer ? "*" : ""}
                  <div className="muted">
                    {c.version} · {c.date}
                  </div>
                </td>
                <td>{c.clause}</td>
                <td>{label(c.title)}</td>
                <td className="num">
                  <Num value={c.value} is={c.is} query={c.query} name={label(c.title)} />
                </td>
                <td>
                  <Tag color={COLOURS[c.state]}>{t(`state.${c.state}`)}</Tag>
                </td>
                <td>
                  {label(c.found)}
                  {c.state === "not_met" && (
                    <div>
                      <Link to={c.page}>{label(c.missing)}</Link>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
