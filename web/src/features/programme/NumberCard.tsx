// One of management's numbers, and the way to what proves it.

import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatNumber } from "@/shared/format";
import type { Item } from "./programme";
import "./programme.css";

/** Which duty opens the page that proves it; management may read a number and not the log behind it. */
const DUTIES: [string, string][] = [
  ["/audit/policy", "directory.read"],
  ["/audit/", "audit.read"],
  ["/alerts", "alert.read"],
  ["/cases", "case.read"],
  ["/posture", "posture.read"],
  ["/training", "training.read"],
  ["/programme", "programme.read"],
];

export function NumberCard({ item }: { item: Omit<Item, "less"> }) {
  const { t } = useTranslation("programme");
  const label = useLabel();
  const { workspace } = useMe();
  const show = (value: number | null) => {
    if (value === null) return t("none");
    const n = formatNumber(value, 0, false);
    if (item.is === "percent") return t("percent", { n });
    return item.is === "hours" ? t("hours", { n }) : n;
  };
  const duty = DUTIES.find(([page]) => item.proof.startsWith(page))?.[1];
  const opens = duty === undefined || workspace.duties.includes(duty);
  const body = (
    <>
      <span className="muted">{label(item.title)}</span>
      <strong className="oversight-value">{show(item.value)}</strong>
      <span className="oversight-foot">
        {item.good !== null && <Tag color={item.good ? "success" : "error"}>{t(item.good ? "good" : "bad")}</Tag>}
        {item.before !== null && <span className="muted">{t("before", { value: show(item.before) })}</span>}
      </span>
    </>
  );
  return (
    <li data-number={item.id}>
      {opens ? (
        <Link to={item.proof as "/"} className="panel oversight-card oversight-link">
          {body}
        </Link>
      ) : (
        <div className="panel oversight-card">{body}</div>
      )}
    </li>
  );
}
