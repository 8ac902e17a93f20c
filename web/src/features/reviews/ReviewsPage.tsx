// Campaigns of access reviews, and the plans by which they begin.

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, Button, Empty, Progress, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { formatTime } from "@/shared/format";
import { GuideLink } from "@/shared/GuideLink";
import { PlusIcon } from "@/shared/icons";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemPage } from "@/shared/ProblemView";
import { BeginReview } from "./CampaignForm";
import { PlansTab } from "./PlansTab";
import { type Card, oneOf, REVIEWS, STATE_COLOUR, STATES } from "./reviews";
import "./reviews.css";

export function ReviewsPage() {
  const { t } = useTranslation("reviews");
  const { tab } = useSearch({ from: "/reviews" });
  const navigate = useNavigate();
  const manages = useDuty("review.manage");
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      {manages ? (
        <PageTabs
          label={t("title")}
          active={tab ?? "campaigns"}
          onChange={(next) =>
            void navigate({ to: "/reviews", search: next === "plans" ? { tab: "plans" } : {}, replace: true })
          }
          tabs={[
            { key: "campaigns", label: t("tabs.campaigns"), children: <Campaigns manages /> },
            { key: "plans", label: t("tabs.plans"), children: <PlansTab /> },
          ]}
        />
      ) : (
        <Campaigns manages={false} />
      )}
    </div>
  );
}

function Campaigns({ manages }: { manages: boolean }) {
  const { t } = useTranslation("reviews");
  const [beginning, setBeginning] = useState(false);
  const query = useQuery({
    queryKey: [...REVIEWS, "list"],
    queryFn: () => data(api.GET("/api/v1/reviews")),
    refetchInterval: (q) => (q.state.data?.items.some((c) => c.state === "closing") ? 2_000 : false),
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { items } = query.data;
  return (
    <>
      <div className="review-bar">
        <p className="muted review-text">
          {t("text")} <GuideLink page="security" />
        </p>
        {manages && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => setBeginning(true)}>
            {t("begin")}
          </Button>
        )}
      </div>
      {items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")} />
      ) : (
        <ul className="review-list" aria-label={t("tabs.campaigns")}>
          {items.map((card) => (
            <CampaignCard key={card.id} card={card} />
          ))}
        </ul>
      )}
      {beginning && <BeginReview onClose={() => setBeginning(false)} />}
    </>
  );
}

function CampaignCard({ card }: { card: Card }) {
  const { t } = useTranslation("reviews");
  const state = oneOf(STATES, card.state);
  const { figures: f } = card;
  const decided = f.answered + f.automatic;
  return (
    <li className="panel review-card">
      <div className="review-head">
        <h2>
          <Link to="/reviews/$id" params={{ id: card.id }}>
            {card.name}
          </Link>
        </h2>
        <Tag color={STATE_COLOUR[state]}>{t(`state.${state}`)}</Tag>
      </div>
      <Progress
        percent={Math.floor((100 * decided) / Math.max(1, f.lines))}
        size="small"
        aria-label={t("figure.answered")}
      />
      <p className="muted">
        {[
          t("begunAt", { when: formatTime(card.began_at) }),
          state === "open" ? t("dueAt", { when: formatTime(card.due_at) }) : null,
          t("split", { keep: f.keep, narrow: f.narrow, revoke: f.revoke }),
          card.by ?? t("byPlan", { plan: card.plan ?? "" }),
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      {card.hasty > 0 && <Alert type="warning" showIcon title={t("hasty", { count: card.hasty })} />}
    </li>
  );
}
