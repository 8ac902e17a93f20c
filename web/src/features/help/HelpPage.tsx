// The user guide, in the language chosen.

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useLanguage } from "@/i18n";
import { ProblemPage } from "@/shared/ProblemView";
import { blocks, type Inline } from "./markdown";
import { type GuidePage, guide, PAGES, pageOf } from "./pages";
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
          {blocks(text.data).map((block, n) => {
            const key = `${n}`;
            if (block.kind === "heading")
              return block.level === 1 ? <h1 key={key}>{block.text}</h1> : <h2 key={key}>{block.text}</h2>;
            if (block.kind === "paragraph")
              return (
                <p key={key}>
                  <Parts parts={block.parts} />
                </p>
              );
            const items = block.items.map((item, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes while it is shown
              <li key={i}>
                <Parts parts={item} />
              </li>
            ));
            return block.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
          })}
        </article>
      )}
    </div>
  );
}

function Parts({ parts }: { parts: Inline[] }) {
  return parts.map((part, n) => {
    const key = `${n}`;
    if (part.kind === "bold") return <strong key={key}>{part.text}</strong>;
    if (part.kind === "code") return <code key={key}>{part.text}</code>;
    if (part.kind === "text") return <Fragment key={key}>{part.text}</Fragment>;
    const page = pageOf(part.to);
    return page === undefined || page === "index" ? (
      <Link key={key} to="/help">
        {part.text}
      </Link>
    ) : (
      <Link key={key} to="/help/$page" params={{ page }}>
        {part.text}
      </Link>
    );
  });
}
