// What a new company still lacks, for whoever keeps its settings: each with the page where it is done. Put away once, it stays away.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty, useMe } from "@/app/session";
import { useBranding } from "@/shared/branding";
import { GuideLink } from "@/shared/GuideLink";
import { CheckIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";

/** The three whom a company begins with. */
const FIRST = 3;
const kept = (user: string) => `whosaw.started.${user}`;

export function GettingStarted() {
  const { me } = useMe();
  const settings = useDuty("setting.manage");
  const [away, setAway] = useState(() => localStorage.getItem(kept(me.user.id)) !== null);
  if (!settings || away) return null;
  return (
    <Card
      onDismiss={() => {
        localStorage.setItem(kept(me.user.id), "away");
        setAway(true);
      }}
    />
  );
}

function Card({ onDismiss }: { onDismiss: () => void }) {
  const { t } = useTranslation("home");
  const branding = useBranding();
  const asked = useQuery({
    queryKey: ["home", "started"],
    queryFn: async () => {
      const [users, backups, mail] = await Promise.all([
        data(api.GET("/api/v1/admin/users")),
        data(api.GET("/api/v1/admin/backups")),
        data(api.GET("/api/v1/admin/mail")),
      ]);
      const people = users.items.filter((u) => u.kind === "person" && u.status === "active");
      const duties = new Set(["system_admin", "security_admin", "audit_admin"]);
      return {
        people: people.length > FIRST,
        roles: people.some((u) => u.roles.some((role) => !duties.has(role))),
        backup: backups.items.length > 0,
        mail: mail.server !== null,
      };
    },
  });
  const done = { ...asked.data, branding: Boolean(branding?.logo || branding?.accent) };
  const steps = [
    { key: "people", link: <Link to="/people">{t("started.open")}</Link> },
    { key: "roles", link: <Link to="/people">{t("started.open")}</Link> },
    {
      key: "mail",
      link: (
        <Link to="/settings" search={{ tab: "mail" }}>
          {t("started.open")}
        </Link>
      ),
    },
    { key: "backup", link: <Link to="/keys">{t("started.open")}</Link> },
    {
      key: "branding",
      link: (
        <Link to="/settings" search={{ tab: "branding" }}>
          {t("started.open")}
        </Link>
      ),
    },
  ] as const;
  return (
    <section className="panel home-card" aria-labelledby="started">
      <div className="page-head">
        <h2 id="started">{t("started.title")}</h2>
        <div className="grow" />
        <GuideLink page="admin" />
        <Button size="small" onClick={onDismiss}>
          {t("started.dismiss")}
        </Button>
      </div>
      {asked.isPending ? (
        <Skeleton active />
      ) : asked.isError ? (
        <ProblemAlert problem={asProblem(asked.error)} onRetry={() => void asked.refetch()} />
      ) : (
        <ul className="home-list">
          {steps.map(({ key, link }) => (
            <li key={key}>
              <span>
                {done[key] ? (
                  <span className="started-done">
                    <CheckIcon /> <span className="visually-hidden">{t("started.done")}</span>
                  </span>
                ) : (
                  <span className="started-open" aria-hidden="true" />
                )}{" "}
                {t(`started.${key}`)}
              </span>
              {!done[key] && link}
            </li>
          ))}
          <li>
            <span>
              <span className="started-open" aria-hidden="true" /> {t("started.import")}
            </span>
          </li>
        </ul>
      )}
    </section>
  );
}
