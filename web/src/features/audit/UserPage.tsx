// "What did user U touch": their events, how many customers, which ones most.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button, Empty, Grid, Select, Skeleton, Statistic } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useAccountOptions } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { DownloadIcon } from "@/shared/icons";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { EventTable } from "./EventTable";
import { EvidenceDialog } from "./EvidenceDialog";
import { PeriodPicker } from "./PeriodPicker";
import { AskedNote, SeenLink } from "./parts";
import "./audit.css";

function UserChoice({ value }: { value?: string }) {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  const options = useAccountOptions();
  return (
    <Select
      aria-label={t("did.user")}
      showSearch={{ optionFilterProp: "label" }}
      placeholder={t("did.choose")}
      value={value ?? null}
      options={options}
      onChange={(id: string | null) =>
        id && void navigate({ to: "/audit/users/$id", params: { id }, search: (old) => ({ ...old }) })
      }
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

export function UserPage() {
  const { t } = useTranslation("audit");
  const { id } = useParams({ from: "/audit/users/$id" });
  const search = useSearch({ from: "/audit/users/$id" });
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const mayTake = useDuty("audit.evidence");
  const mayAsk = useDuty("access.explain");
  const [taking, setTaking] = useState(false);
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
  const rows = useMemo(() => did.data?.pages.flatMap((answer) => answer.page.items) ?? [], [did.data]);
  const first = did.data?.pages[0];
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
        {mayTake && first && (
          <Button type="primary" icon={<DownloadIcon />} onClick={() => setTaking(true)}>
            {t("evidence.button")}
          </Button>
        )}
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
      {did.isError && rows.length === 0 ? (
        <ProblemPage problem={asProblem(did.error)} onRetry={() => void did.refetch()} />
      ) : (
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
            rows={rows}
            loading={did.isPending}
            hasMore={did.hasNextPage}
            loadingMore={did.isFetchingNextPage}
            onLoadMore={() => void did.fetchNextPage()}
            onOpen={(row) => void navigate({ to: "/audit/log/$id", params: { id: row.event } })}
            after={
              did.isFetchNextPageError ? (
                <ProblemAlert problem={asProblem(did.error)} onRetry={() => void did.fetchNextPage()} />
              ) : undefined
            }
            empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("did.none")} />}
          />
        </div>
      )}
      {taking && <EvidenceDialog subject={{ user: id }} period={search} onClose={() => setTaking(false)} />}
    </div>
  );
}
