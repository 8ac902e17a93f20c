// What somebody who leaves has, who receives it, how far it is, and what they looked at before. Numbers only: whoever hands over
// sees no customer.

import { Link, useParams } from "@tanstack/react-router";
import { Alert, Progress, Skeleton, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { Account } from "@/api/types";
import { useMe } from "@/app/session";
import { useAccounts, useObjectWords, useUserName } from "@/shared/directory";
import { formatNumber, formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { HandoverForm } from "./HandoverForm";
import { LookBack } from "./LookBack";
import { type Estate, ownedBy, running, useEstate } from "./useEstate";
import "./handover.css";

export function HandoverPage() {
  const { t } = useTranslation("handover");
  const { id } = useParams({ from: "/people/$id/handover" });
  const { me } = useMe();
  const accounts = useAccounts();
  const estate = useEstate(id);
  const user = accounts.data?.items.find((u) => u.id === id);
  const failed = estate.isError ? estate : accounts.isError ? accounts : undefined;
  if (failed) return <ProblemPage problem={asProblem(failed.error)} onRetry={() => void failed.refetch()} />;
  const shown = estate.data;
  if (shown === undefined || accounts.isPending) {
    return (
      <div className="page" role="status" aria-label={t("title")}>
        <Skeleton active paragraph={{ rows: 8 }} />
      </div>
    );
  }
  const name = user?.name ?? id;
  const open = running(shown);
  const offered = !open && user !== undefined && id !== me.user.id && needed(shown, user);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("of", { name })}</h1>
        <div className="grow" />
        <Link to="/people" search={{ user: id }}>
          {t("back")}
        </Link>
      </div>
      <p className="muted">{t("text")}</p>
      <div className="handover">
        <State estate={shown} />
        <Has estate={shown} offered={offered} />
        {!open &&
          (user === undefined ? (
            <Alert type="warning" showIcon title={t("unknown")} />
          ) : id === me.user.id ? (
            <Alert type="warning" showIcon title={t("form.self")} />
          ) : (
            offered && <HandoverForm user={user} estate={shown} />
          ))}
        <LookBack id={id} />
        <Past estate={shown} />
      </div>
    </div>
  );
}

/** Who has been handed over, and has nothing since, needs no second time. */
const needed = (estate: Estate, user: Account) =>
  user.status === "active" ||
  ownedBy(estate) > 0 ||
  estate.handovers.length === 0 ||
  estate.handovers[0]?.left !== 0 ||
  estate.shares_given + estate.shares_held > 0;

function State({ estate }: { estate: Estate }) {
  const { t } = useTranslation("handover");
  const last = estate.handovers[0];
  if (last === undefined) return null;
  if (last.ended_at === null) {
    const done = Math.max(0, last.total - ownedBy(estate));
    const percent = last.total === 0 ? 100 : Math.floor((100 * done) / last.total);
    return (
      <Alert
        type="info"
        showIcon
        role="status"
        title={t("progress.title")}
        description={
          <>
            <div>
              {t("progress.text", { done: formatNumber(done, 0, false), total: formatNumber(last.total, 0, false) })}
            </div>
            <Progress percent={percent} aria-label={t("progress.title")} />
          </>
        }
      />
    );
  }
  if (last.left === null)
    return <Alert type="warning" showIcon title={t("progress.unknown")} description={t("progress.unknownText")} />;
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t("progress.done")}
      description={last.total === 0 ? t("progress.empty") : t("progress.doneText", { count: last.total })}
    />
  );
}

function Has({ estate, offered }: { estate: Estate; offered: boolean }) {
  const { t } = useTranslation("handover");
  const words = useObjectWords();
  const name = useUserName();
  const numbers: [string, number][] = [
    ...estate.owned.map((o): [string, number] => [words.object(o.object), o.count]),
    [t("has.sharesGiven"), estate.shares_given],
    [t("has.sharesHeld"), estate.shares_held],
    [t("has.sessions"), estate.sessions],
    [t("has.tokens"), estate.tokens],
  ];
  return (
    <section className="panel" aria-labelledby="handover-has">
      <h2 id="handover-has">{t("has.title")}</h2>
      {estate.owned.length === 0 && <p className="muted">{offered ? t("has.noneYet") : t("has.none")}</p>}
      <dl className="handover-counts">
        {numbers.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{formatNumber(count, 0, false)}</dd>
          </div>
        ))}
        <div>
          <dt>{t("has.reports")}</dt>
          <dd className="handover-names">
            {estate.reports.map((id) => name(id) ?? id).join(", ") || t("has.reportsNone")}
          </dd>
        </div>
        {estate.pools.length > 0 && (
          <div>
            <dt>{t("has.pools")}</dt>
            <dd className="handover-names">{estate.pools.map((p) => p.pool).join(", ")}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Past({ estate }: { estate: Estate }) {
  const { t } = useTranslation("handover");
  const name = useUserName();
  if (estate.handovers.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="handover-past">
      <h2 id="handover-past">{t("past.title")}</h2>
      <Table
        size="small"
        rowKey="id"
        dataSource={estate.handovers}
        pagination={false}
        scroll={{ x: "max-content" }}
        columns={[
          { title: t("past.actor"), render: (_, h) => name(h.actor) ?? h.actor },
          { title: t("past.began"), render: (_, h) => formatTime(h.began_at) },
          { title: t("past.ended"), render: (_, h) => (h.ended_at === null ? "—" : formatTime(h.ended_at)) },
          { title: t("past.total"), align: "right", render: (_, h) => formatNumber(h.total, 0, false) },
          {
            title: t("past.outcome"),
            render: (_, h) =>
              h.ended_at === null ? (
                <Tag color="processing">{t("past.running")}</Tag>
              ) : h.left === null ? (
                <Tag color="warning">{t("past.unknown")}</Tag>
              ) : (
                <Tag color="success">{t("past.done")}</Tag>
              ),
          },
        ]}
      />
    </section>
  );
}
