// What a person begins the day with: what is due, and where they were.

import { Link } from "@tanstack/react-router";
import { Empty } from "antd";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { recent } from "@/features/records/recent";
import { InboxCard } from "@/features/requests/InboxCard";
import { useLabel } from "@/i18n";
import { RecordLink } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { Watermark } from "@/shared/Watermark";
import { DoneList } from "./DoneList";
import { DueList } from "./DueList";
import { DutyHome } from "./DutyHome";
import { Forecast } from "./Forecast";
import { GettingStarted } from "./GettingStarted";
import { NewMenu } from "./NewMenu";
import { Overdue } from "./Overdue";
import { ReturningList } from "./ReturningList";
import { Targets } from "./Targets";
import { Activity, Funnel } from "./Team";
import "./home.css";

export function HomePage() {
  const { t } = useTranslation(["home", "help"]);
  const label = useLabel();
  const { me, workspace } = useMe();
  const known = new Set(workspace.objects.map((o) => o.name));
  const opened = recent(me.user.id).filter((r) => known.has(r.object));
  return (
    <Watermark>
      <div className="page">
        <div className="page-head">
          <h1>{t("greeting", { name: me.user.name })}</h1>
          <div className="grow" />
          <NewMenu />
        </div>
        <GettingStarted />
        {workspace.objects.length === 0 && <InboxCard />}
        {workspace.objects.length === 0 ? (
          <>
            <p className="page-text">
              {t("noData")} <Link to="/help">{t("help:how")}</Link>
            </p>
            <DutyHome />
          </>
        ) : (
          <div className="home-grid">
            <InboxCard />
            {workspace.objects
              .filter((o) => o.process.done !== undefined && o.process.done.amount === undefined)
              .map((o) => (
                <DoneList key={o.name} object={o} />
              ))}
            <DueList />
            {workspace.objects
              .filter((o) => o.process.target !== undefined)
              .map((o) => (
                <Targets key={o.name} object={o} />
              ))}
            {workspace.objects
              .filter((o) => o.process.done?.amount !== undefined)
              .map((o) => (
                <Overdue key={o.name} object={o} />
              ))}
            {workspace.objects
              .filter((o) => o.process.pool !== undefined && o.actions.includes("claim"))
              .map((o) => (
                <ReturningList key={o.name} object={o} />
              ))}
            {workspace.objects
              .filter((o) => o.process.pipeline !== undefined)
              .map((o) => (
                <Fragment key={o.name}>
                  <Funnel object={o} />
                  <Forecast object={o} />
                </Fragment>
              ))}
            <Activity />
            <section className="panel home-card" aria-labelledby="recent">
              <h2 id="recent">{t("recent")}</h2>
              {opened.length === 0 ? (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("recentEmpty")} />
              ) : (
                <ul className="home-list">
                  {opened.map((r) => (
                    <li key={r.id}>
                      <RecordLink object={r.object} id={r.id} />
                      <span className="muted">
                        {label(
                          workspace.objects.find((o) => o.name === r.object)?.label ?? { zh: r.object, en: r.object },
                        )}{" "}
                        · {formatTime(r.at)}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </section>
          </div>
        )}
      </div>
    </Watermark>
  );
}
