// What two people can do, side by side. Two questions, each recorded.

import { useQueries } from "@tanstack/react-query";
import { Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { formatNumber } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { Rules } from "../audit/parts";
import { circumstances } from "./answers";
import type { AccessSearch } from "./search";
import type { WhatCanAnswer } from "./types";

export function CompareAnswer({ search }: { search: AccessSearch }) {
  const { t } = useTranslation("access");
  const term = useTerms();
  const words = useObjectWords();
  const object = search.object ?? "";
  const ask = (user: string) => ({
    queryKey: ["access", "what", { ...search, tab: "what", user, other: undefined }],
    queryFn: async () =>
      (await data(
        api.POST("/api/v1/access/what-can", { body: { user, object, circumstances: circumstances(search) } }),
      )) as unknown as WhatCanAnswer,
  });
  const [one, two] = useQueries({ queries: [ask(search.user ?? ""), ask(search.other ?? "")] });
  const failed = [one, two].find((q) => q?.isError);
  if (failed) return <ProblemPage problem={asProblem(failed.error)} onRetry={() => void failed.refetch()} />;
  if (!one?.data || !two?.data) return <Skeleton active paragraph={{ rows: 6 }} />;
  const [a, b] = [one.data, two.data];
  const actions = [...new Set([...a.reach, ...b.reach].map((r) => r.action))];
  const of = (answer: WhatCanAnswer, action: string) => answer.reach.find((r) => r.action === action);
  const differs = (action: string) =>
    of(a, action)?.records !== of(b, action)?.records ||
    JSON.stringify(of(a, action)?.rules) !== JSON.stringify(of(b, action)?.rules);
  const cell = (answer: WhatCanAnswer, action: string) => {
    const reach = of(answer, action);
    if (!reach) return <span className="muted">{t("compare.none")}</span>;
    return (
      <>
        <div>
          {formatNumber(reach.records, 0, false)} / {formatNumber(answer.of, 0, false)}
        </div>
        <Rules rules={reach.rules} />
      </>
    );
  };
  return (
    <div className="panel answer-table">
      <h2>{t("compare.title", { a: a.user_name, b: b.user_name, object: words.object(object), count: a.of })}</h2>
      <p className="muted">
        {t("policy", { version: a.policy_version })}
        {actions.length > 0 && !actions.some(differs) && ` · ${t("compare.same")}`}
      </p>
      {actions.length === 0 ? (
        <p>{t("compare.nothing", { object: words.object(object) })}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("col.action")}</th>
              <th scope="col">{a.user_name}</th>
              <th scope="col">{b.user_name}</th>
            </tr>
          </thead>
          <tbody>
            {actions.map((action) => (
              <tr key={action}>
                <th scope="row">
                  {term("action", action)} {differs(action) && <Tag color="warning">{t("compare.differs")}</Tag>}
                </th>
                <td>{cell(a, action)}</td>
                <td>{cell(b, action)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
