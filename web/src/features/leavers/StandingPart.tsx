// What is still theirs, as a list to tick off, with the ways to the pages where each is seen to.

import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { CheckIcon, WarningIcon } from "@/shared/icons";
import type { Standing } from "./leavers";

const COUNTS = [
  "owned",
  "shares_given",
  "shares_held",
  "sessions",
  "tokens",
  "grants",
  "reports",
  "services",
  "pools",
] as const;
const HANDOVER = { none: "none", running: "running", done: "handed", left: "left" } as const;

export function StandingPart({ standing, user }: { standing: Standing; user: string }) {
  const { t } = useTranslation("leavers");
  const hands = useDuty("handover");
  const people = useDuty("user.manage");
  const explains = useDuty("access.explain");
  const handover = HANDOVER[standing.handover as keyof typeof HANDOVER] ?? "none";
  const lines: [string, string, boolean][] = [
    [
      t("standing.account"),
      t(standing.account_active ? "standing.active" : "standing.disabled"),
      !standing.account_active,
    ],
    [
      t("standing.handover"),
      t(`standing.${handover}`),
      handover === "handed" || (handover === "none" && standing.owned === 0 && !standing.account_active),
    ],
    ...COUNTS.map((key): [string, string, boolean] => [t(`standing.${key}`), `${standing[key]}`, standing[key] === 0]),
  ];
  return (
    <section className="panel leaver-part" aria-labelledby="leaver-standing">
      <div className="leaver-bar">
        <h2 id="leaver-standing">{t("standing.title")}</h2>
        <span className="leaver-links">
          {hands && (
            <Link to="/people/$id/handover" params={{ id: user }}>
              {t("standing.toHandover")}
            </Link>
          )}
          {people && (
            <Link to="/people" search={{ user }}>
              {t("standing.toPerson")}
            </Link>
          )}
          {explains && (
            <Link to="/access/why" search={{}}>
              {t("standing.toRights")}
            </Link>
          )}
        </span>
      </div>
      <ul className="leaver-checks">
        {lines.map(([name, value, good]) => (
          <li key={name}>
            <span
              className={good ? "leaver-good" : "leaver-open"}
              role="img"
              aria-label={t(good ? "standing.good" : "standing.open")}
            >
              {good ? <CheckIcon /> : <WarningIcon />}
            </span>
            <span>{name}</span>
            <Tag {...(good ? {} : { color: "warning" })}>{value}</Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
