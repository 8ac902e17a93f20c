// On home: what waits for my word. Nothing waits, nothing is shown, and nothing more than the count is asked for.

import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { useInbox, useInboxCount } from "./requests";

const SHOWN = 5;

export function InboxCard() {
  const { t } = useTranslation("requests");
  const count = useInboxCount();
  const inbox = useInbox(count > 0);
  if (count === 0 || inbox.data?.items.length === 0) return null;
  const kinds = ["access", "export", "break_glass"] as const;
  return (
    <section className="panel home-card" aria-labelledby="inbox">
      <h2 id="inbox">{t("home.title")}</h2>
      {inbox.isPending ? (
        <Skeleton active paragraph={{ rows: 1 }} />
      ) : inbox.isError ? (
        <ProblemAlert problem={asProblem(inbox.error)} onRetry={() => void inbox.refetch()} />
      ) : (
        <ul className="home-list">
          {inbox.data.items.slice(0, SHOWN).map((request) => (
            <li key={request.id}>
              <Link to="/requests" search={{}}>
                {request.requester_name} · {t(`kind.${kinds.find((k) => k === request.kind) ?? "access"}`)}
              </Link>
              <span className="muted">{formatTime(request.made_at)}</span>
            </li>
          ))}
          {inbox.data.items.length > SHOWN && (
            <li>
              <Link to="/requests" search={{}}>
                {t("home.open")}
              </Link>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
