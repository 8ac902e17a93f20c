// The access log, newest first. Nothing is fetched by itself: each look at the log is an access too. Switched to live, it is watched,
// which is recorded as well; rows stay where they are while they are pointed at, read or scrolled.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Drawer, Empty, Grid } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { AuditEvent } from "@/api/types";
import { GuideLink } from "@/shared/GuideLink";
import { ReloadIcon } from "@/shared/icons";
import { usePages } from "@/shared/usePages";
import { EventTable } from "./EventTable";
import { EventView } from "./EventView";
import { FeedFilters } from "./FeedFilters";
import { LiveBar } from "./LiveBar";
import { AskedNote } from "./parts";
import { type FeedSearch, feedQuery, filterCount } from "./search";
import { useLive, withFresh } from "./useLive";
import "./audit.css";

const PAGE = 100;
const itemsOf = (page: { items: AuditEvent[] }) => page.items;

export function FeedPage() {
  const { t } = useTranslation("audit");
  const search = useSearch({ from: "/audit/log" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const query = feedQuery(search);
  const key = ["audit", "feed", query];
  const feed = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/audit/events", {
          signal,
          params: { query: { ...query, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const { table, failed } = usePages(feed, itemsOf);
  const [watching, setWatching] = useState(false);
  const possible = search.to === undefined || search.to > Date.now();
  const newest = feed.isSuccess
    ? Math.max(-1, ...(feed.data.pages[0]?.items.map((row) => row.index) ?? []))
    : undefined;
  const live = useLive(watching && possible, query, newest);
  const renew = () => {
    live.clear();
    void queries.resetQueries({ queryKey: key });
  };
  const change = (next: FeedSearch) => void navigate({ to: "/audit/log", search: next, replace: true });
  const open = (event: string | undefined) => {
    const { event: _, ...rest } = search;
    void navigate({ to: "/audit/log", search: event ? { ...rest, event } : rest });
  };
  return (
    <div className="page page-fixed">
      <div className="page-head">
        <h1>{t("log.title")}</h1>
        <Button icon={<ReloadIcon />} loading={feed.isFetching && !feed.isFetchingNextPage} onClick={renew}>
          {t("log.newer")}
        </Button>
        <LiveBar
          wanted={watching}
          onWanted={setWatching}
          possible={possible}
          state={live.state}
          held={live.held}
          onRelease={live.release}
          onAgain={() => void live.again()}
        />
        <AskedNote at={feed.dataUpdatedAt} />
      </div>
      <FeedFilters search={search} onChange={change} />
      {failed ?? (
        // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here; rows are kept still while somebody looks at them
        <div
          className="live-rows"
          onMouseEnter={() => live.pause(true)}
          onMouseLeave={() => live.pause(false)}
          onFocus={() => live.pause(true)}
          onBlur={() => live.pause(false)}
          onScrollCapture={(e) => live.pause((e.target as HTMLElement).scrollTop > 0)}
        >
          <EventTable
            label={t("log.rows")}
            {...table}
            rows={withFresh(live.shown, table.rows)}
            onOpen={(row) => open(row.event)}
            empty={
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${t("log.none")}. ${t("log.noneHelp")}`}>
                {filterCount(search) > 0 && <Button onClick={() => change({})}>{t("filter.clear")}</Button>}
                <GuideLink page="auditor" />
              </Empty>
            }
          />
        </div>
      )}
      <Drawer
        open={search.event !== undefined}
        onClose={() => open(undefined)}
        title={t("event.title")}
        size={narrow ? "100%" : 720}
        destroyOnHidden
      >
        {search.event && <EventView id={search.event} inDrawer />}
      </Drawer>
    </div>
  );
}
