// The user guide, in the language chosen.

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useLanguage } from "@/i18n";
import { ProblemPage } from "@/shared/ProblemView";
import { GuideText } from "./GuideText";
import { type GuidePage, guide, PAGES } from "./pages";
import "./help.css";

export function HelpPage() {
  const { t } = useTranslation("help");
  const language = useLanguage() === "en" ? "en" : "zh";
  const { page = "index" } = useParams({ strict: false }) as { page?: GuidePage };
  const text = useQuery({
    queryKey: ["help", language, page],
    queryFn: () => guide(language, page),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="page guide-page">
      <nav className="guide-nav" aria-label={t("pages")}>
        {PAGES.map((name) => (
          <Fragment key={name}>
            {name === "index" ? (
              <Link to="/help" activeOptions={{ exact: true }}>
                {t("page.index")}
              </Link>
            ) : (
              <Link to="/help/$page" params={{ page: name }}>
                {t(`page.${name}`)}
              </Link>
            )}
          </Fragment>
        ))}
      </nav>
      {text.isPending ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : text.isError ? (
        <ProblemPage problem={asProblem(text.error)} onRetry={() => void text.refetch()} />
      ) : (
        <article className="panel guide">
          <GuideText text={text.data} />
        </article>
      )}
    </div>
  );
}
