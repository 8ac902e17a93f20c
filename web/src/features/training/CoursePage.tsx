// A course, page by page, and its quiz at the end.

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button, Skeleton, Steps } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { GuideText } from "@/features/help/GuideText";
import { useLabel } from "@/i18n";
import { ProblemPage } from "@/shared/ProblemView";
import { Quiz } from "./Quiz";
import { TRAINING } from "./training";
import "@/features/help/help.css";
import "./training.css";

export function CoursePage() {
  const { course } = useParams({ from: "/training/$course" });
  const query = useQuery({
    queryKey: [...TRAINING, "course", course],
    queryFn: () => data(api.GET("/api/v1/me/training/{course}", { params: { path: { course } } })),
  });
  if (query.isPending) return <Skeleton active className="page" />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <Course key={course} course={query.data} />;
}

function Course({ course }: { course: components["schemas"]["CourseDetail"] }) {
  const { t } = useTranslation("training");
  const label = useLabel();
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  const go = (to: number) => {
    moved.current = true;
    setAt(to);
  };
  // Whoever turns a page reads on at its beginning.
  useEffect(() => {
    if (moved.current && at >= 0) heading.current?.focus();
  }, [at]);
  const page = course.pages[at];
  const titles = [...course.pages.map((p) => label(p.title)), t("quiz")];
  return (
    <div className="page training-page">
      <Link to="/training" className="muted">
        {t("back")}
      </Link>
      <h1>{label(course.title)}</h1>
      <div className="training-columns">
        <nav className="training-steps" aria-label={t("contents")}>
          <Steps
            orientation="vertical"
            size="small"
            current={at}
            onChange={go}
            items={titles.map((title) => ({ title }))}
          />
        </nav>
        <article className="panel guide training-article">
          <p className="muted training-where">{t("page", { n: at + 1, of: titles.length })}</p>
          <h2 ref={heading} tabIndex={-1}>
            {titles[at]}
          </h2>
          {page ? <GuideText text={label(page.text)} /> : <Quiz course={course} />}
          <div className="training-turn">
            {at > 0 && <Button onClick={() => go(at - 1)}>{t("before")}</Button>}
            {at < course.pages.length && (
              <Button type="primary" onClick={() => go(at + 1)}>
                {t(at + 1 === course.pages.length ? "toQuiz" : "next")}
              </Button>
            )}
          </div>
        </article>
      </div>
    </div>
  );
}
