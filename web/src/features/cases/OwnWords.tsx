// What somebody said of accesses of theirs when they were asked on that evening; and that they did not.

import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import { formatTime } from "@/shared/format";
import { WHYS } from "./question";
import "./cases.css";

export function OwnWords({ words, id }: { words: components["schemas"]["OwnWords"][]; id: string }) {
  const { t } = useTranslation("cases");
  if (words.length === 0) return null;
  return (
    <section className="panel case-section" aria-labelledby={id}>
      <h2 id={id}>{t("evening.own")}</h2>
      <p className="muted">{t("evening.ownText")}</p>
      <ul className="case-tasks">
        {words.map((of) => (
          <li key={of.inquiry}>
            <span className="muted">{t("evening.asked", { when: formatTime(of.asked_at) })}</span>{" "}
            {of.answered_at !== null ? (
              <span className="muted">{t("evening.answered", { when: formatTime(of.answered_at) })}</span>
            ) : (
              <Tag {...(of.state === "late" ? { color: "warning" } : {})}>
                {t(
                  of.state === "late"
                    ? "evening.late"
                    : of.state === "withdrawn"
                      ? "evening.withdrawn"
                      : "evening.waiting",
                )}
              </Tag>
            )}
            {of.groups.map((group) => {
              const why = WHYS.find((w) => w === group.why);
              return (
                <p key={group.department ?? ""} className="case-text">
                  {group.department === null ? t("evening.none") : t("evening.department", { name: group.department })}{" "}
                  <span className="muted">
                    {t("evening.count", { count: group.customers })} ·{" "}
                    {t("evening.about", { count: group.events.length })}
                  </span>
                  {why && (
                    <>
                      <br />
                      <strong>{t(`evening.why.${why}`)}</strong> {group.text}
                    </>
                  )}
                </p>
              );
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
