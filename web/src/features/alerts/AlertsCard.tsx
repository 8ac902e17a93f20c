// On the home of those who look after alerts: how many wait, by severity.

import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { CheckIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { SeverityTag } from "./parts";
import { SEVERITIES } from "./search";
import { useAlertCounts } from "./useAlerts";
import "./alerts.css";

export function AlertsCard() {
  const { t } = useTranslation(["alerts", "home"]);
  const query = useAlertCounts();
  const waiting = query.data ? SEVERITIES.filter((severity) => query.data[severity] > 0) : [];
  return (
    <section className="panel home-card" aria-labelledby="home-alerts">
      <div className="page-head">
        <h2 id="home-alerts">{t("alerts:home")}</h2>
        <div className="grow" />
        <Link to="/alerts" search={{}}>
          {t("home:all")}
        </Link>
      </div>
      {query.isError ? (
        <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Skeleton active paragraph={{ rows: 2 }} title={false} />
      ) : waiting.length === 0 ? (
        <p>
          <CheckIcon /> {t("alerts:homeNone")}
        </p>
      ) : (
        <ul className="home-list">
          {waiting.map((severity) => (
            <li key={severity}>
              <Link to="/alerts" search={{ severities: [severity] }}>
                <SeverityTag severity={severity} />
              </Link>
              <strong className="target-figures">{query.data[severity]}</strong>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
