// Right-sizing: rights that nobody used, scopes wider than needed, roles that are alike, people with too much, accounts that sleep, and
// rights that should not meet in one person. What could be narrowed is replayed, reviewed, and published for good or as a trial.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Empty, InputNumber, Radio, Segmented, Skeleton, Table, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import type { MatrixRow } from "@/api/types";
import { useDuty, useMe } from "@/app/session";
import { Review } from "@/features/people/Review";
import { addWords, useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { usePolicy } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { WordsTable } from "@/shared/WordsTable";
import { asTrial, narrowed, narrowOf, removable, TRIAL, without } from "./draft";
import { en, zh } from "./pageWords";
import "../people/people.css";
import "./sizing.css";

addWords("sizing", { zh, en });

type Schemas = components["schemas"];
const DAYS = [30, 90, 180];
const number = { align: "right", className: "number" } as const;
const tables = { size: "small", pagination: { pageSize: 20, hideOnSinglePage: true, showSizeChanger: false } } as const;

export function SizingPage() {
  const { t } = useTranslation("sizing");
  const [days, setDays] = useState(90);
  const query = useQuery({
    queryKey: ["right-sizing", days],
    queryFn: () => data(api.GET("/api/v1/access/right-sizing", { params: { query: { days } } })),
  });
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      <p className="muted sizing-text">{t("text")}</p>
      <Segmented
        aria-label={t("span")}
        value={days}
        onChange={setDays}
        options={DAYS.map((count) => ({ value: count, label: t("days", { count }) }))}
      />
      {query.isPending ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : query.isError ? (
        <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <Sizing answer={query.data} days={days} />
      )}
    </div>
  );
}

function Sizing({ answer, days }: { answer: Schemas["RightSizing"]; days: number }) {
  const { t } = useTranslation("sizing");
  const label = useLabel();
  const publishes = useDuty("policy.manage");
  const [tried, setTried] = useState<{ title: string; draft: (rows: MatrixRow[]) => MatrixRow[] }>();
  const none = <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")} />;
  const scope = (word: string) => (word === "all" ? t("scope.all") : t(`scope.${narrowOf(word) ?? "own"}`));
  return (
    <>
      <section aria-labelledby="sizing-wide">
        <h2 id="sizing-wide">{t("wide.title")}</h2>
        <p className="muted">{t("wide.text", { days })}</p>
        <Table<Schemas["SizedRow"]>
          {...tables}
          className="panel"
          rowKey="row"
          dataSource={answer.wide}
          scroll={{ x: "max-content" }}
          locale={{ emptyText: none }}
          columns={[
            { title: t("role"), render: (_, r) => label(r.label) },
            { title: t("rule"), render: (_, r) => label(r.title) },
            { title: t("wide.now"), render: (_, r) => scope(r.from) },
            { title: t("wide.needed"), render: (_, r) => <Tag color="warning">{scope(r.to)}</Tag> },
            { title: t("wide.users"), dataIndex: "users", ...number },
            {
              title: t("try"),
              render: (_, r) => {
                const to = narrowOf(r.to);
                if (!publishes || to === undefined) return "—";
                const title = t("wide.tried", { rule: label(r.title), scope: scope(r.to) });
                return (
                  <Button size="small" onClick={() => setTried({ title, draft: (rows) => narrowed(rows, r.row, to) })}>
                    {t("tryIt")}
                    <span className="visually-hidden"> {label(r.title)}</span>
                  </Button>
                );
              },
            },
          ]}
        />
      </section>
      <Roles
        roles={answer.roles}
        onTry={publishes ? (title, draft) => setTried({ title, draft }) : undefined}
        empty={none}
      />
      <section aria-labelledby="sizing-toxic">
        <h2 id="sizing-toxic">{t("toxic.title")}</h2>
        <p className="muted">{t("toxic.text")}</p>
        <WordsTable<Schemas["ToxicPerson"]>
          label={t("toxic.title")}
          {...tables}
          className="panel"
          rowKey={(r) => `${r.user} ${r.rule}`}
          dataSource={answer.toxic}
          locale={{ emptyText: none }}
          columns={[
            { title: t("person"), dataIndex: "name" },
            { title: t("toxic.what"), render: (_, r) => label(r.text) },
            {
              title: t("toxic.severity"),
              render: (_, r) => (
                <Tag color={r.severity === "high" ? "error" : "warning"}>
                  {r.severity === "high" ? t("toxic.high") : t("toxic.medium")}
                </Tag>
              ),
            },
          ]}
        />
      </section>
      <section aria-labelledby="sizing-over">
        <h2 id="sizing-over">{t("over.title")}</h2>
        <p className="muted">
          {t("over.text")} <Link to="/reviews">{t("over.review")}</Link>
        </p>
        <WordsTable<Schemas["OverPerson"]>
          label={t("over.title")}
          {...tables}
          className="panel"
          rowKey="user"
          dataSource={answer.over}
          locale={{ emptyText: none }}
          columns={[
            { title: t("person"), dataIndex: "name" },
            { title: t("rights"), dataIndex: "rights", ...number },
            { title: t("unused"), dataIndex: "unused", ...number },
          ]}
        />
      </section>
      <section aria-labelledby="sizing-dormant">
        <h2 id="sizing-dormant">{t("dormant.title")}</h2>
        <p className="muted">{t("dormant.text", { days })}</p>
        <WordsTable<Schemas["DormantAccount"]>
          label={t("dormant.title")}
          {...tables}
          className="panel"
          rowKey="user"
          dataSource={answer.dormant}
          locale={{ emptyText: none }}
          columns={[
            { title: t("person"), dataIndex: "name" },
            { title: t("dormant.last"), render: (_, r) => (r.last === null ? t("dormant.never") : formatTime(r.last)) },
          ]}
        />
      </section>
      {answer.alike.length > 0 && (
        <section aria-labelledby="sizing-alike">
          <h2 id="sizing-alike">{t("alike.title")}</h2>
          <ul className="panel sizing-alike">
            {answer.alike.map((a) => (
              <li key={`${a.one.en} ${a.other.en}`}>
                {t("alike.line", {
                  one: label(a.one),
                  other: label(a.other),
                  share: `${Math.floor(a.alike / 10)}%`,
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {tried && <Trying title={tried.title} draft={tried.draft} onClose={() => setTried(undefined)} />}
    </>
  );
}

function Roles({
  roles,
  onTry,
  empty,
}: {
  roles: Schemas["SizedRole"][];
  onTry: ((title: string, draft: (rows: MatrixRow[]) => MatrixRow[]) => void) | undefined;
  empty: React.ReactNode;
}) {
  const { t } = useTranslation("sizing");
  const label = useLabel();
  const term = useTerms();
  const { workspace } = useMe();
  const objectOf = (name: string | null) => {
    const object = workspace.objects.find((o) => o.name === name);
    return object ? label(object.label) : (name ?? "");
  };
  const right = (u: Schemas["UnusedRight"]) =>
    u.object === null ? term("action", u.action) : `${objectOf(u.object)} · ${term("action", u.action)}`;
  /** Whether an operation of a row was used on another object that the row is about: then it stays in the row. */
  const draftOf = (role: Schemas["SizedRole"]) => (rows: MatrixRow[]) => {
    const unused = new Set(role.unused.map((u) => `${u.action} ${u.object ?? ""}`));
    const objects = (row: MatrixRow): string[] => {
      const only = (row.objects as { only?: string[] }).only;
      return only ?? workspace.objects.map((o) => o.name);
    };
    const used = (id: string, action: string) => {
      const row = rows.find((r) => r.id === id);
      if (row === undefined || unused.has(`${action} `)) return row === undefined;
      return objects(row).some((object) => !unused.has(`${action} ${object}`));
    };
    return without(rows, removable(role.unused, used));
  };
  return (
    <section aria-labelledby="sizing-roles">
      <h2 id="sizing-roles">{t("roles.title")}</h2>
      <p className="muted">{t("roles.text")}</p>
      <Table<Schemas["SizedRole"]>
        {...tables}
        className="panel"
        rowKey="role"
        dataSource={roles.filter((r) => r.unused.length > 0)}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: empty }}
        expandable={{
          expandedRowRender: (r) => (
            <ul className="sizing-unused">
              {r.unused.map((u) => (
                <li key={`${u.action} ${u.object}`}>{right(u)}</li>
              ))}
            </ul>
          ),
        }}
        columns={[
          { title: t("role"), render: (_, r) => label(r.label) },
          { title: t("roles.holders"), dataIndex: "holders", ...number },
          { title: t("rights"), dataIndex: "rights", ...number },
          { title: t("unused"), render: (_, r) => r.unused.length, ...number },
          {
            title: t("try"),
            render: (_, r) =>
              onTry ? (
                <Button size="small" onClick={() => onTry(t("roles.tried", { role: label(r.label) }), draftOf(r))}>
                  {t("tryIt")}
                  <span className="visually-hidden"> {label(r.label)}</span>
                </Button>
              ) : (
                "—"
              ),
          },
        ]}
      />
    </section>
  );
}

/** The narrowed draft: reviewed with its replay, and published for good or as a trial that ends by itself. */
function Trying({
  title,
  draft,
  onClose,
}: {
  title: string;
  draft: (rows: MatrixRow[]) => MatrixRow[];
  onClose: () => void;
}) {
  const { t } = useTranslation("sizing");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [days, setDays] = useState<number | undefined>(TRIAL.first);
  const [now] = useState(() => Date.now());
  const policy = usePolicy();
  const rows = policy.data?.policy.rows;
  const next = useMemo(() => {
    if (!rows) return undefined;
    const narrow = draft(rows);
    return days === undefined ? narrow : asTrial(rows, narrow, { now, until: now + days * 86_400_000 });
  }, [rows, draft, days, now]);
  const published = async (version: number) => {
    void message.success(t("published", { version }), 6);
    await queries.invalidateQueries({ queryKey: ["policy"] });
    onClose();
  };
  if (policy.isError) return <ProblemAlert problem={asProblem(policy.error)} />;
  if (!policy.data) return null;
  const choice = (
    <section className="sizing-choice" aria-label={t("how")}>
      <strong>{title}</strong>
      <Radio.Group
        value={days === undefined ? "good" : "trial"}
        onChange={(e) => setDays(e.target.value === "trial" ? TRIAL.first : undefined)}
        options={[
          { value: "trial", label: t("trial") },
          { value: "good", label: t("forGood") },
        ]}
      />
      {days !== undefined && (
        <>
          <label htmlFor="sizing-days">{t("trialDays")}</label>
          <InputNumber
            id="sizing-days"
            min={TRIAL.least}
            max={TRIAL.most}
            precision={0}
            value={days}
            onChange={(n) => setDays(n ?? TRIAL.first)}
          />
          <p className="muted">{t("trialText", { until: formatTime(now + days * 86_400_000) })}</p>
        </>
      )}
      {next === undefined && <Alert type="warning" showIcon title={t("noTrial")} />}
    </section>
  );
  return (
    <Review
      base={policy.data.version}
      rows={next ?? policy.data.policy.rows}
      publishable={next !== undefined}
      head={choice}
      onClose={onClose}
      onPublished={(version) => void published(version)}
    />
  );
}
