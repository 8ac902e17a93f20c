// The home of those whose work is not with customers: what the log, the policy, the keys and the grants ask of them today.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { AlertsCard } from "@/features/alerts/AlertsCard";
import type { FeedSearch } from "@/features/audit/search";
import { PolicyState } from "@/features/auditPolicy/PolicyState";
import { backupWarnings, keyWarnings } from "@/features/custody/warnings";
import { formatNumber, formatTime } from "@/shared/format";
import { CheckIcon, WarningIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";

export function DutyHome() {
  const reads = useDuty("audit.read");
  const directory = useDuty("directory.read");
  const explains = useDuty("access.explain");
  const backs = useDuty("backup");
  const keeps = useDuty("key.manage");
  const alerts = useDuty("alert.read");
  return (
    <div className="home-grid">
      {alerts && <AlertsCard />}
      {reads && <WeekCard />}
      {directory && <PolicyCard />}
      {explains && <GrantsCard />}
      {(backs || keeps) && <CustodyCard keys={keeps} backups={backs} />}
    </div>
  );
}

/** `query` is what the card waits for. */
function Card({
  id,
  title,
  open,
  query,
  children,
}: {
  id: string;
  title: string;
  open: ReactNode;
  query: { isPending: boolean; error: unknown; refetch: () => unknown };
  children: ReactNode;
}) {
  return (
    <section className="panel home-card" aria-labelledby={id}>
      <div className="page-head">
        <h2 id={id}>{title}</h2>
        <div className="grow" />
        {open}
      </div>
      {query.error ? (
        <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Skeleton active paragraph={{ rows: 2 }} title={false} />
      ) : (
        children
      )}
    </section>
  );
}

const WEEK_MS = 7 * 86_400_000;
const WATCHED = ["reveal", "export", "print", "break_glass"] as const;

/** Seven days of the log in figures, each a way into it. */
function WeekCard() {
  const { t } = useTranslation("home");
  // Asked once for this visit, so that the links open what was counted.
  const [from] = useState(() => Date.now() - WEEK_MS);
  const query = useQuery({
    queryKey: ["home", "week", from],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const ask = (filter: { decisions?: string }) =>
        data(api.GET("/api/v1/audit/counts", { params: { query: { from, by: "operation", ...filter } } }));
      const [all, refused] = await Promise.all([ask({}), ask({ decisions: "refused" })]);
      return { all, refused };
    },
  });
  const of = (action: string) => query.data?.all.rows.find((row) => row.key === action)?.events ?? 0;
  const figures: { key: string; text: string; value: number; search: FeedSearch }[] = [
    { key: "events", text: t("week.events"), value: query.data?.all.events ?? 0, search: {} },
    {
      key: "refused",
      text: t("week.refused"),
      value: query.data?.refused.events ?? 0,
      search: { decisions: ["refused"] },
    },
    ...WATCHED.map((action) => ({
      key: action,
      text: t(`week.${action}`),
      value: of(action),
      search: { actions: [action] },
    })),
  ];
  return (
    <Card
      id="home-week"
      title={t("week.title")}
      query={query}
      open={
        <Link to="/audit/counts" search={{ from }}>
          {t("all")}
        </Link>
      }
    >
      <ul className="home-list">
        {figures.map(({ key, text, value, search }) => (
          <li key={key}>
            <Link to="/audit/log" search={{ from, ...search }}>
              {text}
            </Link>
            <strong className="target-figures">{formatNumber(value, 0, false)}</strong>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function PolicyCard() {
  const { t } = useTranslation(["home", "auditPolicy"]);
  const query = useQuery({ queryKey: ["audit-policy"], queryFn: () => data(api.GET("/api/v1/admin/audit-policy")) });
  return (
    <Card
      id="home-policy"
      title={t("auditPolicy:title")}
      query={query}
      open={<Link to="/audit/policy">{t("all")}</Link>}
    >
      {query.data && <PolicyState have={query.data} />}
      {query.data?.proposal && (
        <p>
          <WarningIcon /> {t("auditPolicy:proposal.title")}
        </p>
      )}
    </Card>
  );
}

function GrantsCard() {
  const { t } = useTranslation(["home", "requests"]);
  const query = useQuery({ queryKey: ["access", "grants"], queryFn: () => data(api.GET("/api/v1/access/grants")) });
  const { shares = [], rules = [] } = query.data ?? {};
  const emergency = shares.filter((share) => share.emergency);
  const next = Math.min(...[...shares, ...rules].map((grant) => grant.until));
  const lines: [string, number][] = [
    [t("grants.emergency"), emergency.length],
    [t("grants.unreviewed"), emergency.filter((share) => !share.reviewed).length],
    [t("grants.shares"), shares.length - emergency.length],
    [t("grants.rules"), rules.length],
  ];
  return (
    <Card
      id="home-grants"
      title={t("requests:grants.title")}
      query={query}
      open={<Link to="/access/grants">{t("all")}</Link>}
    >
      <ul className="home-list">
        {lines.map(([text, value]) => (
          <li key={text}>
            {text} <strong className="target-figures">{value}</strong>
          </li>
        ))}
        {Number.isFinite(next) && <li className="muted">{t("grants.next", { time: formatTime(next) })}</li>}
      </ul>
    </Card>
  );
}

function CustodyCard({ keys, backups }: { keys: boolean; backups: boolean }) {
  const { t } = useTranslation(["home", "custody"]);
  const query = useQuery({
    queryKey: ["custody", "home", keys, backups],
    queryFn: async () => {
      const [held, taken] = await Promise.all([
        keys ? data(api.GET("/api/v1/admin/keys")) : undefined,
        backups ? data(api.GET("/api/v1/admin/backups")) : undefined,
      ]);
      const now = Date.now();
      return [...(held ? keyWarnings(held, now) : []), ...(taken ? backupWarnings(taken, now) : [])];
    },
  });
  return (
    <Card id="home-custody" title={t("custody:title")} query={query} open={<Link to="/keys">{t("all")}</Link>}>
      <ul className="policy-done">
        {query.data?.length === 0 && (
          <li>
            <CheckIcon /> {t("custody:good")}
          </li>
        )}
        {query.data?.map(({ key }) => (
          <li key={key} className="policy-bad">
            <WarningIcon /> {t(`custody:warn.${key}`)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
