// Rights that the log has not seen used for a while: asked for when somebody wants to know, for asking is recorded.

import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { ProblemAlert } from "@/shared/ProblemView";

export function UnusedRights({ user }: { user: string }) {
  const { t } = useTranslation("people");
  const term = useTerms();
  const words = useObjectWords();
  const [wanted, setWanted] = useState(false);
  const rights = useQuery({
    queryKey: ["user", user, "rights-use"],
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => data(api.GET("/api/v1/access/rights-use/{id}", { params: { path: { id: user } } })),
  });
  const all = rights.data?.rights ?? [];
  const unused = new Map<string, string[]>();
  for (const r of all.filter((r) => r.last === null)) {
    const of = r.object === null ? t("user.duties") : words.object(r.object);
    unused.set(of, [...(unused.get(of) ?? []), r.action]);
  }
  return (
    <section aria-labelledby="user-unused">
      <div className="page-head">
        <h2 id="user-unused">{t("user.unused")}</h2>
        {!wanted && (
          <Button size="small" onClick={() => setWanted(true)}>
            {t("user.unusedShow")}
          </Button>
        )}
      </div>
      <p className="muted">{t("user.unusedText")}</p>
      {!wanted ? null : rights.isPending ? (
        <Skeleton active paragraph={{ rows: 2 }} />
      ) : rights.isError ? (
        <ProblemAlert problem={asProblem(rights.error)} onRetry={() => void rights.refetch()} />
      ) : unused.size === 0 ? (
        <p className="muted">{all.length === 0 ? t("user.noRights") : t("user.unusedNone")}</p>
      ) : (
        <dl className="unused-rights">
          {[...unused].map(([of, actions]) => (
            <div key={of}>
              <dt>{of}</dt>
              <dd>
                {actions.map((action) => (
                  <Tag key={action}>{term("action", action)}</Tag>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
