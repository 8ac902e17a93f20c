// How the instance stands: the score and how it went, by area, and each check with what it saw.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Empty, Segmented, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { ReloadIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { CheckCard } from "./CheckCard";
import {
  AREAS,
  type Area,
  areaOf,
  byGravity,
  isShown,
  points,
  type Run,
  refreshPosture,
  SHOWN,
  usePosture,
} from "./posture";
import type { PostureSearch } from "./routes";
import { Trend } from "./Trend";
import "./posture.css";

export function PosturePage() {
  const { t } = useTranslation("posture");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const manages = useDuty("posture.manage");
  const query = usePosture();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const now = await data(api.POST("/api/v1/posture/runs"));
      await refreshPosture(queries);
      void message.success(t("ran", { score: points(now.share) }));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <div className="grow" />
        {manages && (
          <Button type="primary" icon={<ReloadIcon />} loading={busy} onClick={() => void run()}>
            {t("run")}
          </Button>
        )}
      </div>
      <p className="muted posture-text">{t("text")}</p>
      {query.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {query.isError && <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {query.data &&
        (query.data.run === null ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("never")}>
            <p className="muted">{t("neverText")}</p>
          </Empty>
        ) : (
          <>
            <Standing run={query.data.run} />
            <Checks checks={query.data.checks} />
          </>
        ))}
    </div>
  );
}

function Standing({ run }: { run: Run }) {
  const { t } = useTranslation("posture");
  const counts = ["good", "bad", "unknown", "not_applicable"] as const;
  return (
    <>
      <div className="posture-top">
        <section className="panel posture-score" aria-label={t("score")}>
          <div className="muted">{t("score")}</div>
          <div className="posture-points" data-testid="posture-score">
            {points(run.share)} <small className="muted">{t("of")}</small>
          </div>
          <dl className="posture-counts">
            {counts.map((state) => (
              <div key={state}>
                <dt className="muted">{t(`counts.${state}`)}</dt>
                <dd>{run[state]}</dd>
              </div>
            ))}
          </dl>
          <div className="muted posture-small">
            {run.by === null
              ? t("lastHouse", { when: formatTime(run.at) })
              : t("lastBy", { when: formatTime(run.at), who: run.by })}
          </div>
        </section>
        <section className="panel posture-trend" aria-label={t("trend")}>
          <div className="muted">{t("trend")}</div>
          <Trend />
        </section>
      </div>
      <h2>{t("areas")}</h2>
      <Areas run={run} />
    </>
  );
}

function Areas({ run }: { run: Run }) {
  const { t } = useTranslation("posture");
  const navigate = useNavigate();
  const search: PostureSearch = useSearch({ from: "/posture" });
  return (
    <div className="posture-areas">
      {run.areas.map((area) => {
        const key = areaOf(area.area);
        const chosen = search.area === key;
        return (
          <button
            key={area.area}
            type="button"
            className={`panel posture-area${chosen ? " posture-chosen" : ""}`}
            aria-pressed={chosen}
            onClick={() => {
              const { area: _, ...rest } = search;
              void navigate({ to: "/posture", search: chosen ? rest : { ...rest, area: key }, replace: true });
            }}
          >
            <span>{t(`area.${key}`)}</span>
            <strong>{area.share === null ? t("noScore") : points(area.share)}</strong>
            <span className="posture-bar" aria-hidden="true">
              <span style={{ width: `${(area.share ?? 0) / 10}%` }} />
            </span>
          </button>
        );
      })}
    </div>
  );
}

function Checks({ checks }: { checks: Parameters<typeof CheckCard>[0]["check"][] }) {
  const { t } = useTranslation("posture");
  const navigate = useNavigate();
  const search: PostureSearch = useSearch({ from: "/posture" });
  const show = search.show ?? "wrong";
  const of = (s: typeof show) =>
    checks.filter((c) => isShown(c, s) && (search.area === undefined || c.area === search.area));
  const shown = of(show).sort(byGravity);
  const go = (next: PostureSearch) => void navigate({ to: "/posture", search: next, replace: true });
  return (
    <section aria-label={t("checks")}>
      <div className="posture-tools">
        <h2>{t("checks")}</h2>
        <Segmented
          aria-label={t("checks")}
          value={show}
          onChange={(value) => {
            const next = SHOWN.find((s) => s === value) ?? "wrong";
            const { show: _, ...rest } = search;
            go(next === "wrong" ? rest : { ...rest, show: next });
          }}
          options={SHOWN.map((s) => ({ value: s, label: `${t(`show.${s}`)} ${of(s).length}` }))}
        />
        <Select
          aria-label={t("areas")}
          value={search.area ?? ""}
          style={{ minWidth: 160 }}
          onChange={(value: Area | "") => {
            const { area: _, ...rest } = search;
            go(value === "" ? rest : { ...rest, area: value });
          }}
          options={[{ value: "", label: t("allAreas") }, ...AREAS.map((a) => ({ value: a, label: t(`area.${a}`) }))]}
        />
      </div>
      {shown.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")} />
      ) : (
        <ul className="posture-list">
          {shown.map((check) => (
            <CheckCard key={check.id} check={check} />
          ))}
        </ul>
      )}
    </section>
  );
}
