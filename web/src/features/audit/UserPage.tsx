// "What did user U touch": their events, how many customers, which ones most.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Empty, Grid, Skeleton, Statistic } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { AuditEvent } from "@/api/types";
import { useDuty } from "@/app/session";
import { AccountPicker } from "@/shared/fields/PersonPicker";
import { formatTime } from "@/shared/format";
import { usePages } from "@/shared/usePages";
import { EventTable } from "./EventTable";
import { PeriodPicker } from "./PeriodPicker";
import { AskedNote, SeenLink } from "./parts";
import { useEvidence } from "./useEvidence";
import "./audit.css";

function UserChoice({ value }: { value?: string }) {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  return (
    <AccountPicker
      aria-label={t("did.user")}
      placeholder={t("did.choose")}
      value={value ?? null}
      onChange={(id) => id && void navigate({ to: "/audit/users/$id", params: { id }, search: (old) => ({ ...old }) })}
      className="user-choice"
    />
  );
}

export function UserStart() {
  const { t } = useTranslation("audit");
  return (
    <div className="page">
      <h1>{t("did.title")}</h1>
      <div className="panel start-panel">
        <p>{t("did.text")}</p>
        <UserChoice />
      </div>
    </div>
  );
}

const itemsOf = (answer: { page: { items: AuditEvent[] } }) => answer.page.items;

export function UserPage() {
  const { t } = useTranslation("audit");
  const { id } = useParams({ from: "/audit/users/$id" });
  const search = useSearch({ from: "/audit/users/$id" });
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const mayAsk = useDuty("access.explain");
  const did = useInfiniteQuery({
    queryKey: ["audit", "did", id, search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/audit/users/{id}", {
          signal,
          params: { path: { id }, query: { ...search, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (answer) => answer.page.next ?? undefined,
  });
  const { table, first, failed } = usePages(did, itemsOf);
  const evidence = useEvidence(first && { subject: { user: id }, period: search });
  return (
    <div className="page page-fixed">
      <div className="page-head">
        <h1>{first ? t("did.of", { name: first.user_name }) : t("did.title")}</h1>
        <AskedNote at={did.dataUpdatedAt} />
        <div className="grow" />
        {mayAsk && (
          <Link to="/access/why" search={{ tab: "what", user: id }}>
            {t("did.what")}
          </Link>
        )}
        {evidence.button}
      </div>
      <div className="feed-filters">
        <UserChoice value={id} />
        <PeriodPicker
          narrow={narrow}
          value={search}
          onChange={(period) =>
            void navigate({ to: "/audit/users/$id", params: { id }, search: period, replace: true })
          }
        />
      </div>
      {failed ?? (
        <div className="did">
          <aside className="panel did-side" aria-label={t("did.top")}>
            {first === undefined ? (
              <Skeleton active />
            ) : (
              <>
                <div className="did-figures">
                  <Statistic title={t("did.events")} value={first.events} />
                  <Statistic title={t("did.customers")} value={first.distinct_customers} />
                </div>
                <h2>{t("did.top")}</h2>
                <p className="muted">{t("did.topHelp")}</p>
                {first.customers.length === 0 && <p className="muted">{t("did.noCustomers")}</p>}
                <ol className="did-customers">
                  {first.customers.map((c) => (
                    <li key={c.customer}>
                      <SeenLink id={c.customer} />
                      <span>{t("did.times", { count: c.events })}</span>
                      <span className="muted">{t("did.last", { time: formatTime(c.last) })}</span>
                    </li>
                  ))}
                </ol>
              </>
            )}
          </aside>
          <EventTable
            label={t("did.events")}
            users={false}
            {...table}
            onOpen={(row) => void navigate({ to: "/audit/log/$id", params: { id: row.event } })}
            empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("did.none")} />}
          />
        </div>
      )}
      {evidence.dialog}
    </div>
  );
}
