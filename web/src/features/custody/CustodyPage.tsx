// How old keys and copies are, and what to do about it. What it takes is done on the server, by command.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Empty, Skeleton, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { BackupsAnswer, KeysAnswer, TrialView } from "@/api/types";
import { useDuty } from "@/app/session";
import { formatNumber, formatTime } from "@/shared/format";
import { GuideLink } from "@/shared/GuideLink";
import { CheckIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { backupWarnings, DRILL, daysSince, keyWarnings, type Warning } from "./warnings";
import "../auditPolicy/policy.css";
import "./custody.css";

export function CustodyPage() {
  const { t } = useTranslation("custody");
  const keys = useDuty("key.manage");
  const backups = useDuty("backup");
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <div className="grow" />
        <GuideLink page={keys ? "security" : "admin"} />
      </div>
      <p className="muted policy-text">{t("text")}</p>
      <div className="policy-page">
        {keys && <Keys />}
        {backups && <Backups />}
      </div>
    </div>
  );
}

function Keys() {
  const { t } = useTranslation("custody");
  const query = useQuery({ queryKey: ["custody", "keys"], queryFn: () => data(api.GET("/api/v1/admin/keys")) });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <section className="panel policy-panel" aria-label={t("keys")}>
      <h2>{t("keys")}</h2>
      <Warnings warnings={keyWarnings(query.data, Date.now())} />
      <KeyAges keys={query.data} />
    </section>
  );
}

function KeyAges({ keys }: { keys: KeysAnswer }) {
  const { t } = useTranslation("custody");
  const current = keys.versions.find((v) => v.version === keys.current);
  const count = (n: number) => formatNumber(n, 0, false);
  const age = (at: number) => ({ time: formatTime(at), days: count(daysSince(at, Date.now())) });
  return (
    <>
      <dl className="custody-list">
        <div>
          <dt>{t("place")}</dt>
          <dd>{t(keys.provider === "pkcs11" ? "where.pkcs11" : "where.file")}</dd>
        </div>
        {current && (
          <div>
            <dt>{t("master")}</dt>
            <dd>{t("masterAge", { n: current.version, ...age(current.created_at) })}</dd>
          </div>
        )}
        {keys.signed_since !== null && (
          <div>
            <dt>{t("signed")}</dt>
            <dd>{t("signedSince", age(keys.signed_since))}</dd>
          </div>
        )}
      </dl>
      <div className="policy-scroll">
        <table className="policy-diff">
          <thead>
            <tr>
              <th scope="col">{t("version")}</th>
              <th scope="col">{t("created")}</th>
              <th scope="col">{t("customers")}</th>
              <th scope="col">{t("log")}</th>
              <th scope="col">{t("exports")}</th>
            </tr>
          </thead>
          <tbody>
            {[...keys.versions].reverse().map((v) => (
              <tr key={v.version}>
                <th scope="row">
                  {v.version} {v.version === keys.current && <Tag color="success">{t("current")}</Tag>}
                </th>
                <td>{formatTime(v.created_at)}</td>
                <td>{count(v.customers)}</td>
                <td>{count(v.log)}</td>
                <td>{count(v.exports)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Backups() {
  const { t } = useTranslation("custody");
  const query = useQuery({ queryKey: ["custody", "backups"], queryFn: () => data(api.GET("/api/v1/admin/backups")) });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <section className="panel policy-panel" aria-label={t("backups")}>
      <h2>{t("backups")}</h2>
      <Warnings warnings={backupWarnings(query.data, Date.now())} />
      <Taken backups={query.data} />
      <Drill backups={query.data} />
    </section>
  );
}

function Taken({ backups }: { backups: BackupsAnswer }) {
  const { t } = useTranslation("custody");
  if (backups.items.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")} />;
  return (
    <div className="policy-scroll">
      <table className="policy-diff">
        <thead>
          <tr>
            <th scope="col">{t("at")}</th>
            <th scope="col">{t("by")}</th>
            <th scope="col">{t("file")}</th>
            <th scope="col">{t("withKeys")}</th>
          </tr>
        </thead>
        <tbody>
          {backups.items.map((b) => (
            <tr key={`${b.at}-${b.file}`}>
              <td>{formatTime(b.at)}</td>
              <td>{b.by}</td>
              <td className="mono">{b.file}</td>
              <td>{t(b.with_keys ? "yes" : "no")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Drill({ backups }: { backups: BackupsAnswer }) {
  const { t } = useTranslation("custody");
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const confirm = () =>
    modal.confirm({
      title: t("drillConfirm"),
      content: t("drillText"),
      okText: t("drillConfirm"),
      onOk: async () => {
        await api.POST("/api/v1/admin/backups/drill");
        void message.success(t("drillNoted"));
        await queries.invalidateQueries({ queryKey: ["custody"] });
      },
    });
  return (
    <>
      <h3>{t("drill")}</h3>
      <p>
        {backups.drill_at === null
          ? t("drillNever")
          : t("drillDone", { time: formatTime(backups.drill_at), who: backups.drill_by ?? "—" })}
      </p>
      {backups.drill && <Found trial={backups.drill} />}
      <p className="muted">
        {t("drillHow")}{" "}
        <Typography.Text code copyable={{ text: DRILL }}>
          {DRILL}
        </Typography.Text>
      </p>
      <Button onClick={confirm}>{t("drillConfirm")}</Button>
    </>
  );
}

function Found({ trial }: { trial: TrialView }) {
  const { t } = useTranslation("custody");
  const good = trial.failed.length === 0;
  const count = (n: number) => formatNumber(n, 0, false);
  return (
    <Alert
      type={good ? "success" : "error"}
      showIcon
      style={{ marginBottom: 12 }}
      title={t(good ? "trialGood" : "trialBad", { file: trial.file })}
      description={
        good
          ? t("trialFound", {
              records: count(trial.records),
              entries: count(trial.ledger_size),
              seconds: count(trial.seconds),
            })
          : t("trialFailed", { what: trial.failed.join("、") })
      }
    />
  );
}

function Warnings({ warnings }: { warnings: Warning[] }) {
  const { t } = useTranslation("custody");
  if (warnings.length === 0) {
    return (
      <p className="muted">
        <CheckIcon /> {t("good")}
      </p>
    );
  }
  return (
    <div className="custody-warnings">
      {warnings.map(({ key, command }) => (
        <Alert
          key={key}
          type="warning"
          showIcon
          title={t(`warn.${key}`)}
          description={
            command && (
              <>
                {t("run")}{" "}
                <Typography.Text code copyable={{ text: command }}>
                  {command}
                </Typography.Text>
              </>
            )
          }
        />
      ))}
    </div>
  );
}
