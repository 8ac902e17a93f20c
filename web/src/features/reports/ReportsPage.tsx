// Past reports, and the plans by which the house makes them.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Empty, Grid, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";
import { useDuty } from "@/app/session";
import { formatTime } from "@/shared/format";
import { PlusIcon, ReloadIcon } from "@/shared/icons";
import { PageTabs } from "@/shared/PageTabs";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { usePages } from "@/shared/usePages";
import { MakeReport } from "./MakeReport";
import { PlansTab } from "./PlansTab";
import { KINDS, type Kind } from "./report";
import type { ReportsSearch } from "./routes";
import "./reports.css";

export type Card = components["schemas"]["ReportCardForm"];
const PAGE = 50;
const itemsOf = (page: { items: Card[] }) => page.items;

export function ReportsPage() {
  const { t } = useTranslation("reports");
  const search = useSearch({ from: "/reports" });
  const navigate = useNavigate();
  const makes = useDuty("report.make");
  const [making, setMaking] = useState(false);
  const tab = makes ? (search.tab ?? "past") : "past";
  return (
    <div className={tab === "past" ? "page page-fixed" : "page"}>
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="muted asked-note">{t("text")}</span>
        <div className="grow" />
        {makes && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => setMaking(true)}>
            {t("make")}
          </Button>
        )}
      </div>
      {makes ? (
        <PageTabs
          label={t("title")}
          active={tab}
          onChange={(key) =>
            void navigate({ to: "/reports", search: key === "plans" ? { tab: "plans" } : {}, replace: true })
          }
          tabs={[
            { key: "past", label: t("tab.past"), children: <Past search={search} /> },
            { key: "plans", label: t("tab.plans"), children: <PlansTab /> },
          ]}
        />
      ) : (
        <Past search={search} />
      )}
      {making && <MakeReport onClose={() => setMaking(false)} />}
    </div>
  );
}

/** Whether the period was over, and what the rules found. */
function Found({ card }: { card: Card }) {
  const { t } = useTranslation("reports");
  return (
    <span>
      {!card.whole && <Tag color="warning">{t("notWhole")}</Tag>}
      {card.findings > 0 ? (
        <Tag color="error">{t("problems", { count: card.findings })}</Tag>
      ) : (
        <span className="muted">{t("noProblems")}</span>
      )}
    </span>
  );
}

function Past({ search }: { search: ReportsSearch }) {
  const { t } = useTranslation("reports");
  const navigate = useNavigate();
  const makes = useDuty("report.make");
  const narrow = !Grid.useBreakpoint().md;
  const { kind } = search;
  const query = useInfiniteQuery({
    queryKey: ["reports", kind ?? ""],
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/reports", {
          signal,
          params: { query: { limit: PAGE, ...(kind ? { kind } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const { table, failed } = usePages(query, itemsOf);
  const by = (card: Card) => card.made_by ?? (card.plan === null ? "" : t("byPlan", { plan: card.plan }));
  const name = (card: Card) => `${t(`kind.${card.kind}`)} ${card.period}`;
  const columns: Column<Card>[] = [
    {
      key: "kind",
      title: t("column.kind"),
      width: 220,
      render: (card) => (
        <Link to="/reports/$id" params={{ id: card.id }}>
          {t(`kind.${card.kind}`)}
        </Link>
      ),
    },
    { key: "period", title: t("column.period"), width: 210, render: (card) => card.period },
    { key: "about", title: t("column.about"), width: 200, render: (card) => card.about ?? "" },
    { key: "findings", title: t("column.findings"), width: 220, render: (card) => <Found card={card} /> },
    { key: "made", title: t("column.made"), width: 160, render: (card) => formatTime(card.made_at) },
    { key: "by", title: t("column.by"), width: 180, render: by },
  ];
  return (
    <>
      <div className="report-bar">
        <Select
          aria-label={t("kindFilter")}
          className="report-filter"
          allowClear
          placeholder={t("anyKind")}
          options={KINDS.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
          {...(kind ? { value: kind } : {})}
          onChange={(next?: Kind) =>
            void navigate({ to: "/reports", search: next ? { kind: next } : {}, replace: true })
          }
        />
        <Button icon={<ReloadIcon />} aria-label={t("reload")} onClick={() => void query.refetch()} />
      </div>
      {failed ?? (
        <DataTable<Card>
          {...table}
          label={t("tab.past")}
          rowKey={(card) => card.id}
          columns={columns}
          narrow={narrow}
          density="normal"
          card={(card) => (
            <>
              <div className="card-title">{name(card)}</div>
              <div>
                <Found card={card} />
              </div>
              <div className="muted">
                {formatTime(card.made_at)} · {by(card)}
              </div>
            </>
          )}
          onOpen={(card) => void navigate({ to: "/reports/$id", params: { id: card.id } })}
          empty={
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")}>
              <p className="muted">{makes ? t("noneHelp") : t("noneRead")}</p>
            </Empty>
          }
        />
      )}
    </>
  );
}
