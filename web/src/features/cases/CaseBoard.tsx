// The cases of each state, a column each. A case moves by what is done, not by being dragged.

import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { useSubject } from "./cases";
import { Flags, SeverityTag } from "./parts";
import { STATES } from "./search";

const SHOWN = 50;

export function CaseBoard() {
  const { t } = useTranslation("cases");
  const subject = useSubject();
  const columns = useQueries({
    queries: STATES.map((state) => ({
      queryKey: ["cases", "board", state],
      queryFn: () => data(api.GET("/api/v1/cases", { params: { query: { state, limit: SHOWN } } })),
    })),
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key
    <div className="case-board" tabIndex={0} role="region" aria-label={t("tab.board")}>
      {STATES.map((state, n) => {
        const column = columns[n];
        const items = column?.data?.items ?? [];
        return (
          <section key={state} className="case-column" aria-labelledby={`column-${state}`}>
            <h2 id={`column-${state}`}>
              {t(`state.${state}`)} <span className="muted num">{column?.data ? items.length : ""}</span>
            </h2>
            {column?.isPending && <Skeleton active paragraph={{ rows: 2 }} title={false} />}
            {column?.error && <ProblemAlert problem={asProblem(column.error)} onRetry={() => void column.refetch()} />}
            {column?.data && items.length === 0 && <p className="muted">{t("empty")}</p>}
            <ul>
              {items.map((row) => (
                <li key={row.id} className="panel case-card">
                  <Link to="/cases/$id" params={{ id: row.id }}>
                    {row.title}
                  </Link>
                  <div>
                    <SeverityTag severity={row.severity} />
                    <Flags of={row} />
                  </div>
                  <div className="muted">
                    {subject(row.subject)} · {row.owner?.name ?? t("nobody")}
                  </div>
                  <div className="muted">{formatTime(row.due_at)}</div>
                </li>
              ))}
            </ul>
            {column?.data?.next && (
              <Link to="/cases" search={{ state }}>
                {t("more")}
              </Link>
            )}
          </section>
        );
      })}
    </div>
  );
}
