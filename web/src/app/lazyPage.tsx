// A page whose script is loaded when it is opened. Where that fails (no connection, or a newer console was installed and this
// one's files are gone) it says so and offers what helps, instead of a blank page.

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { ProblemError } from "@/api/problem";
import { ProblemPage } from "@/shared/ProblemView";

const outdated = () =>
  new ProblemError({
    title: "a part of the console could not be loaded",
    status: -1,
    code: "console_outdated",
    help: {
      zh: "页面的一部分未能加载，可能是系统刚刚升级。请刷新页面。",
      en: "A part of this page could not be loaded; the console may just have been upgraded. Reload the page.",
    },
  });

/** Tells whether the server can be reached at all, which decides what would help. */
async function why(): Promise<ProblemError> {
  const reachable = await fetch("/healthz").then(
    () => true,
    () => false,
  );
  return reachable ? outdated() : ProblemError.offline();
}

type Props = { name: string; load: () => Promise<ComponentType> };

/** The route component that loads a page's script by this name. */
export const lazyPage = (name: string, load: Props["load"]) => () => <LazyPage name={name} load={load} />;

function LazyPage({ name, load }: Props) {
  const { t } = useTranslation();
  const page = useQuery({
    queryKey: ["page", name],
    queryFn: () =>
      load().catch(async () => {
        throw await why();
      }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (page.isPending) {
    return (
      <div className="page" role="status" aria-label={t("loading")}>
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (page.isError) {
    const problem = page.error instanceof ProblemError ? page.error : outdated();
    const retry = () => (problem.status === 0 ? void page.refetch() : window.location.reload());
    return <ProblemPage problem={problem} onRetry={retry} />;
  }
  const Page = page.data;
  return <Page />;
}
