// A list that comes in pages, as a table draws it: its rows so far, the next page, and what went wrong, where it went wrong.

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { asProblem } from "@/api/problem";
import { ProblemAlert, ProblemPage } from "./ProblemView";

export type Paged<T> = {
  rows: T[];
  loading: boolean;
  hasMore: boolean;
  loadingMore: boolean;
  onLoadMore: () => void;
  /** A later page's problem, below the rows that are there. */
  after: ReactNode;
};

/** `items` must be the same function each time. `failed` stands in place of the table: not even the first page came. */
export function usePages<P, T>(
  query: UseInfiniteQueryResult<InfiniteData<P>>,
  items: (page: P) => T[],
  children?: ReactNode,
): { table: Paged<T>; first: P | undefined; failed: ReactNode } {
  const rows = useMemo(() => query.data?.pages.flatMap(items) ?? [], [query.data, items]);
  return {
    first: query.data?.pages[0],
    failed:
      query.isError && rows.length === 0 ? (
        <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()}>
          {children}
        </ProblemPage>
      ) : undefined,
    table: {
      rows,
      loading: query.isPending,
      hasMore: query.hasNextPage,
      loadingMore: query.isFetchingNextPage,
      onLoadMore: () => void query.fetchNextPage(),
      after: query.isFetchNextPageError ? (
        <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.fetchNextPage()} />
      ) : undefined,
    },
  };
}
