// Access on a past day: who could do something to a record then, and what somebody could do, by the policy and the people of that moment.
// Of whom it depends on what is not known any more is told apart.

import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { CouldPerson } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { useObjectWords, useRoleName } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { Rules } from "../audit/parts";
import { Answered, circumstances } from "./answers";
import type { AccessSearch } from "./search";

type Asked = { search: AccessSearch; at: number };

export function WhoCouldAnswer({ search, at }: Asked) {
  const { t } = useTranslation("access");
  const term = useTerms();
  const query = useQuery({
    queryKey: ["access", "who-could", search],
    queryFn: () =>
      data(
        api.POST("/api/v1/access/who-could", {
          body: {
            action: search.action as string,
            object: search.object as string,
            record: search.record as string,
            at,
            circumstances: circumstances(search),
          },
        }),
      ),
  });
  const action = term("action", search.action ?? "");
  return (
    <Answered query={query}>
      {(answer) => (
        <div className="panel answer-table">
          <h2>
            {answer.count === 0
              ? t("past.none", { action, at: formatTime(at) })
              : t("past.count", { count: answer.count, action, at: formatTime(at) })}
          </h2>
          <p className="muted">
            {t("policy", { version: answer.policy_version })} ·{" "}
            {t("past.since", { at: formatTime(answer.people_since) })}
          </p>
          {answer.unknown.length > 0 && (
            <Alert
              type="info"
              showIcon
              title={t("past.unknown")}
              description={answer.unknown.map((u) => t(`past.${knownUnknown(u)}`)).join(" ")}
            />
          )}
          {answer.users.length > 0 && <People people={answer.users} />}
          {answer.unsure_count > 0 && (
            <>
              <h3>{t("past.unsure", { count: answer.unsure_count })}</h3>
              <People people={answer.unsure} />
            </>
          )}
        </div>
      )}
    </Answered>
  );
}

const knownUnknown = (word: string) => (["owner", "members", "fields"] as const).find((u) => u === word) ?? "fields";

function People({ people }: { people: CouldPerson[] }) {
  const { t } = useTranslation("access");
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("col.user")}</th>
          <th scope="col">{t("col.rules")}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.user}>
            <th scope="row">{person.user_name}</th>
            <td>
              <Rules rules={person.rules} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function WhatCouldAnswer({ search, at }: Asked) {
  const { t, i18n } = useTranslation("access");
  const term = useTerms();
  const words = useObjectWords();
  const role = useRoleName();
  const query = useQuery({
    queryKey: ["access", "what-could", search],
    queryFn: () =>
      data(
        api.POST("/api/v1/access/what-could", {
          body: { user: search.user as string, object: search.object as string, at },
        }),
      ),
  });
  const comma = i18n.language === "en" ? ", " : "、";
  return (
    <Answered query={query}>
      {(answer) => (
        <div className="panel answer-table">
          <h2>
            {t("past.what", {
              user: answer.user_name,
              object: words.object(search.object ?? ""),
              at: formatTime(at),
            })}
          </h2>
          <p className="muted">
            {t("policy", { version: answer.policy_version })} ·{" "}
            {t("past.since", { at: formatTime(answer.people_since) })}
            {answer.roles.length > 0 && ` · ${answer.roles.map(role).join(comma)}`}
          </p>
          {answer.could.length === 0 ? (
            <p>{t("past.nothing")}</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("col.action")}</th>
                  <th scope="col">{t("col.rules")}</th>
                </tr>
              </thead>
              <tbody>
                {answer.could.map((line) => (
                  <tr key={line.action}>
                    <th scope="row">{term("action", line.action)}</th>
                    <td>
                      {line.all && <span className="muted">{t("past.all")} </span>}
                      <Rules rules={line.rules} />
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
