// How a file would be read: counts, what the acts become, and the first lines.

import { Drawer, Grid, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { FeedTrialAnswer } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { formatTime } from "@/shared/format";
import { sideways } from "@/shared/sideways";
import { useCode } from "./useCode";

type Said = FeedTrialAnswer["said"][number];
type Line = FeedTrialAnswer["lines"][number];

export function TrialDrawer({ file, answer, onClose }: { file: string; answer: FeedTrialAnswer; onClose: () => void }) {
  const { t } = useTranslation("feeds");
  const term = useTerms();
  const code = useCode();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const { counts } = answer;
  return (
    <Drawer open onClose={onClose} title={`${t("tried")} · ${file}`} size={narrow ? "100%" : 960}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <div role="region" aria-label={t("tried")} tabIndex={0}>
        <p>{t("triedCounts", { ...counts, users: answer.users, people: answer.people })}</p>
        {answer.more && <p className="muted">{t("triedMore")}</p>}
        {answer.backwards > 0 && <p className="feed-late">{t("backwards", { count: answer.backwards })}</p>}
        {Object.entries(answer.codes).map(([name, n]) => (
          <p key={name} className="feed-late">
            {code(name)}: {n}
          </p>
        ))}
        <Table<Said>
          rowKey={(s) => `${s.said} ${s.action}`}
          size="small"
          dataSource={answer.said}
          pagination={answer.said.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
          {...sideways(answer.said)}
          columns={[
            { title: t("said"), dataIndex: "said" },
            { title: t("becomes"), render: (_, s) => term("action", s.action) },
            { title: t("count"), dataIndex: "count", align: "right" },
          ]}
        />
        <Table<Line>
          rowKey="line"
          size="small"
          dataSource={answer.lines}
          pagination={false}
          {...sideways(answer.lines)}
          columns={[
            { title: t("line"), dataIndex: "line", align: "right" },
            { title: t("at"), render: (_, l) => (l.event ? formatTime(l.event.at) : "—") },
            {
              title: t("who"),
              render: (_, l) => (l.event ? `${l.event.user ?? "?"}${l.person ? ` = ${l.person}` : ""}` : "—"),
            },
            {
              title: t("what"),
              render: (_, l) => {
                if (l.event) return `${term("action", l.event.action)} (${l.event.said})`;
                if (l.code === null) return <span className="muted">{t("leftOut")}</span>;
                return (
                  <>
                    {code(l.code)} <code className="feed-text">{l.text}</code>
                  </>
                );
              },
            },
            { title: t("record"), render: (_, l) => (l.event?.records ?? []).join(", ") || "—" },
          ]}
        />
      </div>
    </Drawer>
  );
}
