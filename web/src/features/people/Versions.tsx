// Versions of the policy: who published each, why, and what it changed.

import { useInfiniteQuery } from "@tanstack/react-query";
import { App, Button, Skeleton, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { MatrixRow, PolicyDiff, PolicyVersion } from "@/api/types";
import { EffectButton } from "@/features/replay/EffectButton";
import { useLabel } from "@/i18n";
import { useUserName } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { DiffView } from "./DiffView";

const PAGE = 20;
const SYSTEM = "00000000-0000-0000-0000-000000000000";

/** `onRestore`: takes the rules of an earlier version into a draft, to be reviewed and published like any other. */
export function Versions({ current, onRestore }: { current: number; onRestore?: (rows: MatrixRow[]) => void }) {
  const { message } = App.useApp();
  const label = useLabel();
  const restore = async (version: number) => {
    try {
      const params = { path: { version } };
      const found = await data(api.GET("/api/v1/admin/policy/versions/{version}", { params }));
      onRestore?.((found as unknown as PolicyVersion).policy.rows);
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  const { t } = useTranslation("people");
  const name = useUserName();
  const versions = useInfiniteQuery({
    queryKey: ["policy", "versions"],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/api/v1/admin/policy/versions", {
          params: { query: { limit: PAGE, ...(pageParam ? { before: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => (page.items.length < PAGE ? undefined : page.items.at(-1)?.version),
  });
  if (versions.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (versions.isError && !versions.data)
    return <ProblemPage problem={asProblem(versions.error)} onRetry={() => void versions.refetch()} />;
  const all = versions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ol className="versions">
        {all.map((line) => {
          const diff = line.diff as unknown as PolicyDiff;
          return (
            <li key={line.version} className="panel">
              <div className="page-head">
                <Tag color="processing">{line.version}</Tag>
                <strong>{line.reason}</strong>
                {onRestore && (
                  <>
                    <div className="grow" />
                    {line.version !== current ? (
                      <Button size="small" onClick={() => void restore(line.version)}>
                        {t("edit.restore")}
                        <span className="visually-hidden"> {line.version}</span>
                      </Button>
                    ) : (
                      line.version > 1 && <EffectButton version={line.version} at={line.at} />
                    )}
                  </>
                )}
              </div>
              <div className="muted">
                {t("roles.author")}: {line.author === SYSTEM ? t("roles.system") : (name(line.author) ?? line.author)} ·{" "}
                {formatTime(line.at)} · {t("roles.hash")}{" "}
                <Typography.Text className="mono" copyable={{ text: line.hash }} title={line.hash}>
                  {line.hash.slice(0, 16)}…
                </Typography.Text>
              </div>
              <details>
                <summary>
                  {t("roles.diff", {
                    added: diff.added.length,
                    removed: diff.removed.length,
                    changed: diff.changed.length,
                  })}
                </summary>
                <DiffView diff={diff} />
              </details>
            </li>
          );
        })}
      </ol>
      {versions.hasNextPage && (
        <Button loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          {t("roles.older")}
        </Button>
      )}
    </>
  );
}
