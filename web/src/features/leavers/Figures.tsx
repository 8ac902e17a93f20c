// The look-back as a table: the person's own numbers over three spans, beside colleagues. Each number opens its events.

import { Link } from "@tanstack/react-router";
import { Segmented, Table, Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useDuty } from "@/app/session";
import { formatNumber } from "@/shared/format";
import { FIGURES, type Figure, type LookBack, oneOf, toLog, type Window } from "./leavers";

type Props = { look: LookBack; user: string; days: number; setDays?: (days: number) => void };

export function Figures({ look, user, days, setDays }: Props) {
  const { t } = useTranslation("leavers");
  const number = { align: "right", className: "number" } as const;
  const count = look.days;
  const num = (window: Window) => (_: unknown, figure: Figure) => (
    <Num look={look} figure={figure} window={window} user={user} />
  );
  const peers = (value: number | null) => (value === null ? "—" : formatNumber(value, 0, false));
  return (
    <section className="panel leaver-part" aria-labelledby="leaver-look">
      <div className="leaver-bar">
        <h2 id="leaver-look">{t("look.title")}</h2>
        {setDays && (
          <Segmented
            aria-label={t("look.days")}
            value={days}
            onChange={setDays}
            options={[
              { value: 30, label: t("look.thirty") },
              { value: 90, label: t("look.ninety") },
            ]}
          />
        )}
      </div>
      <p className="muted">
        {t("look.text")}{" "}
        {look.peers === 0
          ? t("look.noPeers")
          : t(look.company_wide ? "look.peersWide" : "look.peers", { count: look.peers })}
      </p>
      <Table<Figure>
        rowKey="figure"
        size="small"
        dataSource={look.lines}
        pagination={false}
        scroll={{ x: "max-content" }}
        rowClassName={(line) => (line.loud ? "leaver-loud" : "")}
        columns={[
          {
            title: t("look.figure"),
            render: (_, line) => (
              <>
                {t(`figure.${oneOf(FIGURES, line.figure)}`)}{" "}
                {line.loud && (
                  <Tooltip title={t("look.loudHelp")}>
                    <Tag color="error">{t("look.loud")}</Tag>
                  </Tooltip>
                )}
              </>
            ),
          },
          { title: t("look.before", { count }), render: num("before"), ...number },
          { title: t("look.since"), render: num("since"), ...number },
          { title: t("look.earlier", { count }), render: num("earlier"), ...number },
          { title: t("look.peersBefore"), render: (_, line) => peers(line.peers_before), ...number },
          { title: t("look.peersSince"), render: (_, line) => peers(line.peers_since), ...number },
        ]}
      />
    </section>
  );
}

function Num({ look, figure, window, user }: { look: LookBack; figure: Figure; window: Window; user: string }) {
  const { t } = useTranslation("leavers");
  const audits = useDuty("audit.read");
  const alerts = useDuty("alert.read");
  const value = figure[window];
  if (value === null) return <Tooltip title={t("look.unknown")}>—</Tooltip>;
  const text = formatNumber(value, 0, false);
  const name = t("look.events", { name: t(`figure.${oneOf(FIGURES, figure.figure)}`), value: text });
  if (figure.figure === "alerts" && alerts && value > 0) {
    const search = { user, states: ["open", "snoozed", "closed"] as ("open" | "snoozed" | "closed")[] };
    return (
      <Link to="/alerts" search={search} aria-label={name}>
        {text}
      </Link>
    );
  }
  const search = toLog(look, figure, window, user);
  if (!audits || search === undefined || value === 0) return <>{text}</>;
  // Nights and weekends are told apart by the hours of the week.
  return figure.figure === "off_hours" ? (
    <Link to="/audit/counts" search={{ ...search, by: "week_hour" }} aria-label={name}>
      {text}
    </Link>
  ) : (
    <Link to="/audit/log" search={search} aria-label={name}>
      {text}
    </Link>
  );
}
