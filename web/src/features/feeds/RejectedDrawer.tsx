// Lines of a file that could not be read, and why.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer, Grid, Skeleton, Table } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { FeedFile, FeedRejected } from "@/api/types";
import { ProblemPage } from "@/shared/ProblemView";
import { sideways } from "@/shared/sideways";
import { useCode } from "./useCode";

export function RejectedDrawer({ file, onClose }: { file: FeedFile; onClose: () => void }) {
  const { t } = useTranslation("feeds");
  const code = useCode();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const query = useInfiniteQuery({
    queryKey: ["admin", "feeds", "rejected", file.id],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/admin/feeds/loads/{id}/rejected", {
          signal,
          params: { path: { id: file.id }, query: { after: pageParam } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((p) => p.items);
  const dropped = pages.reduce((sum, p) => sum + p.dropped, 0);
  return (
    <Drawer open onClose={onClose} title={`${t("rejectedTitle")} · ${file.file}`} size={narrow ? "100%" : 840}>
      {query.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {query.isError && <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {query.isSuccess && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <div role="region" aria-label={t("rejectedTitle")} tabIndex={0}>
          <p className="muted">{t("rejectedText")}</p>
          {dropped > 0 && <p className="muted">{t("dropped", { count: dropped })}</p>}
          <Table<FeedRejected>
            rowKey={(r) => `${r.event}-${r.line}`}
            size="small"
            dataSource={items}
            pagination={false}
            {...sideways(items)}
            columns={[
              { title: t("line"), dataIndex: "line", align: "right" },
              { title: t("code"), render: (_, r) => code(r.code) },
              { title: t("content"), render: (_, r) => <code className="feed-text">{r.text}</code> },
            ]}
          />
          {query.hasNextPage && (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t("more")}
            </Button>
          )}
        </div>
      )}
    </Drawer>
  );
}
