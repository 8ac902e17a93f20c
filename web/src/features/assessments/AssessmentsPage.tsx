// All assessments, newest first; for somebody from outside, those they are named in.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Empty, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { formatTime } from "@/shared/format";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { ASSESSMENTS, type Card, oneOf, STATE_COLOUR, STATES } from "./assessments";
import { PlanDialog } from "./PlanDialog";
import "./assessments.css";

export function AssessmentsPage() {
  const { t } = useTranslation("assessments");
  const manages = useDuty("assessment.manage");
  const outside = useDuty("assessment.assess");
  const [beginning, setBeginning] = useState(false);
  const query = useQuery({
    queryKey: [...ASSESSMENTS, "list"],
    queryFn: () => data(api.GET("/api/v1/assessments")),
  });
  if (query.isPending)
    return (
      <div className="page">
        <Skeleton active paragraph={{ rows: 6 }} />
      </div>
    );
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { items } = query.data;
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      <div className="assess-bar">
        <p className="muted assess-text">{t(outside ? "outsideText" : "text")}</p>
        {manages && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => setBeginning(true)}>
            {t("begin")}
          </Button>
        )}
      </div>
      {items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(outside ? "noneOutside" : "none")} />
      ) : (
        <ul className="assess-list" aria-label={t("title")}>
          {items.map((card) => (
            <AssessmentCard key={card.id} card={card} outside={outside} />
          ))}
        </ul>
      )}
      {beginning && <PlanDialog onClose={() => setBeginning(false)} />}
    </div>
  );
}

function AssessmentCard({ card, outside }: { card: Card; outside: boolean }) {
  const { t } = useTranslation("assessments");
  const state = oneOf(STATES, card.state);
  const { questions, answered, approved, findings } = card;
  return (
    <li className="panel assess-card">
      <div className="assess-bar">
        <h2>
          <Link to="/assessments/$id" params={{ id: card.id }}>
            {card.name}
          </Link>
        </h2>
        <Tag color={STATE_COLOUR[state]}>{t(`state.${state}`)}</Tag>
      </div>
      <p>{[card.organisation, card.standard].filter((part) => part !== "").join(" · ")}</p>
      <p className="muted">
        {[
          t("period", { from: formatTime(card.starts_at), until: formatTime(card.ends_at) }),
          outside
            ? t("progressOutside", { questions, approved, findings })
            : t("progress", { questions, answered, approved, findings }),
        ].join(" · ")}
      </p>
    </li>
  );
}
