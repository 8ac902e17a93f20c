// The answers: a sentence, then the rules.

import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Skeleton, Tag } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { formatNumber } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { Rules } from "../audit/parts";
import type { AccessSearch } from "./search";
import type { Obligation, RuleReason, WhatCanAnswer, WhoCanAnswer, WhyAnswer } from "./types";

type Asked = { search: AccessSearch };

export const circumstances = ({ mfa = true, purpose = true }: AccessSearch) => ({
  at: null,
  address: null,
  channel: "web",
  mfa,
  purpose,
});

export function Answered<T>({ query, children }: { query: UseQueryResult<T>; children: (answer: T) => ReactNode }) {
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return children(query.data);
}

function useObligation(): (obligation: Obligation) => string | undefined {
  const { t, i18n } = useTranslation("access");
  return (obligation) => {
    if (obligation === null) return undefined;
    const key = `obligation.${obligation.kind}`;
    return i18n.exists(`access:${key}`) ? (t as (key: string) => string)(key) : obligation.kind;
  };
}

export function WhyAnswerView({ search }: Asked) {
  const { t, i18n } = useTranslation("access");
  const label = useLabel();
  const term = useTerms();
  const words = useObjectWords();
  const obligation = useObligation();
  const query = useQuery({
    queryKey: ["access", "why", search],
    queryFn: async () =>
      (await data(
        api.POST("/api/v1/access/why", {
          body: {
            user: search.user as string,
            action: search.action as string,
            object: search.object as string,
            record: search.record as string,
            circumstances: circumstances(search),
          },
        }),
      )) as unknown as WhyAnswer,
  });
  return (
    <Answered query={query}>
      {(answer) => {
        const values = {
          user: answer.user_name,
          object: words.object(search.object ?? ""),
          action: term("action", search.action ?? ""),
          rules: answer.decided.map((r) => label(r.title)).join(i18n.language === "en" ? ", " : "、"),
        };
        const sentence = answer.allowed
          ? t("yes", values)
          : answer.decided.length > 0
            ? t("noForbid", values)
            : t("noPermit", values);
        const help = obligation(answer.obligation);
        return (
          <div className="answer">
            <Alert
              type={answer.allowed ? "success" : "warning"}
              showIcon
              title={<strong>{sentence}</strong>}
              description={
                <>
                  {help && <div>{t("help", { text: help })}</div>}
                  <span className="muted">{t("policy", { version: answer.policy_version })}</span>
                </>
              }
            />
            <Chain title={t("decided")} rules={answer.decided} />
            <Chain title={t("nearest")} note={t("nearestHelp")} rules={answer.nearest} />
          </div>
        );
      }}
    </Answered>
  );
}

function Chain({ title, note, rules }: { title: string; note?: string; rules: RuleReason[] }) {
  const { t } = useTranslation("access");
  const label = useLabel();
  if (rules.length === 0) return null;
  return (
    <section className="panel chain" aria-label={title}>
      <h2>{title}</h2>
      {note && <p className="muted">{note}</p>}
      <ol>
        {rules.map((rule) => (
          <li key={rule.rule}>
            <Tag color={rule.effect === "permit" ? "success" : "error"}>{t(rule.effect)}</Tag>
            <strong>{label(rule.title)}</strong> <span className="mono muted wrap">{rule.rule}</span>
            <div className="chain-unmet">
              {rule.unmet.length === 0 ? (
                <span className="muted">{t("holds")}</span>
              ) : (
                <>
                  <span className="muted">{rule.effect === "permit" ? t("lacks") : t("lifted")}</span>
                  {rule.unmet.map((u) => (
                    <Tag key={u.code}>{label(u.text)}</Tag>
                  ))}
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function WhoAnswer({ search }: Asked) {
  const { t } = useTranslation("access");
  const term = useTerms();
  const query = useQuery({
    queryKey: ["access", "who", search],
    queryFn: async () =>
      (await data(
        api.POST("/api/v1/access/who-can", {
          body: {
            action: search.action as string,
            object: search.object as string,
            record: search.record as string,
            circumstances: circumstances(search),
          },
        }),
      )) as unknown as WhoCanAnswer,
  });
  return (
    <Answered query={query}>
      {(answer) => (
        <div className="panel answer-table">
          <h2>
            {answer.count === 0
              ? t("who.none", { action: term("action", search.action ?? "") })
              : t("who.count", { count: answer.count, action: term("action", search.action ?? "") })}
          </h2>
          <p className="muted">
            {t("policy", { version: answer.policy_version })}
            {answer.users.length < answer.count && ` · ${t("who.first")}`}
          </p>
          {answer.count > 0 && (
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("col.user")}</th>
                  <th scope="col">{t("col.rules")}</th>
                </tr>
              </thead>
              <tbody>
                {answer.users.map((able) => (
                  <tr key={able.user}>
                    <th scope="row">
                      <Link to="/access/why" search={{ ...search, tab: "why", user: able.user }} className="link-small">
                        {able.user_name}
                      </Link>
                    </th>
                    <td>
                      <Rules rules={able.rules} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </Answered>
  );
}

export function WhatAnswer({ search }: Asked) {
  const { t } = useTranslation("access");
  const term = useTerms();
  const words = useObjectWords();
  const obligation = useObligation();
  const mayAudit = useDuty("audit.read");
  const query = useQuery({
    queryKey: ["access", "what", search],
    queryFn: async () =>
      (await data(
        api.POST("/api/v1/access/what-can", {
          body: {
            user: search.user as string,
            object: search.object as string,
            circumstances: circumstances(search),
          },
        }),
      )) as unknown as WhatCanAnswer,
  });
  return (
    <Answered query={query}>
      {(answer) => (
        <div className="panel answer-table">
          <h2>
            {t("what.of", {
              user: answer.user_name,
              object: words.object(search.object ?? ""),
              count: answer.of,
            })}
          </h2>
          <p className="muted">
            {t("policy", { version: answer.policy_version })}{" "}
            {mayAudit && (
              <Link to="/audit/users/$id" params={{ id: answer.user }} search={{}} className="link-small">
                {t("seen")}
              </Link>
            )}
          </p>
          {answer.reach.length === 0 ? (
            <p>{t("what.none", { object: words.object(search.object ?? "") })}</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("col.action")}</th>
                  <th scope="col">{t("what.records")}</th>
                  <th scope="col">{t("col.rules")}</th>
                </tr>
              </thead>
              <tbody>
                {answer.reach.map((reach) => (
                  <tr key={reach.action}>
                    <th scope="row">{term("action", reach.action)}</th>
                    <td>
                      <span className="reach">
                        <span className="chart-track" aria-hidden="true">
                          <span style={{ width: `${answer.of > 0 ? (reach.records / answer.of) * 100 : 0}%` }} />
                        </span>
                        <span className="num">
                          {formatNumber(reach.records, 0, false)} / {formatNumber(answer.of, 0, false)}
                        </span>
                      </span>
                      {reach.obligation && (
                        <div className="muted">
                          {t("what.help")} {obligation(reach.obligation)}
                        </div>
                      )}
                    </td>
                    <td>
                      <Rules rules={reach.rules} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </Answered>
  );
}
