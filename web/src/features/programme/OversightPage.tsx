// Management's numbers: each opens what proves it.

import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { ProblemPage } from "@/shared/ProblemView";
import { NumberCard } from "./NumberCard";
import { useOversight } from "./programme";
import "./programme.css";

export function OversightPage() {
  const { t } = useTranslation("programme");
  const query = useOversight();
  return (
    <div className="page">
      <h1>{t("oversight")}</h1>
      <p className="muted programme-text">{t("oversightText")}</p>
      {query.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {query.isError && <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      <ul className="oversight-grid">
        {(query.data?.items ?? []).map((item) => (
          <NumberCard key={item.id} item={item} />
        ))}
      </ul>
    </div>
  );
}
