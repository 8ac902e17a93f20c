// One rule: its text, its filters, a trial, why it matches an event, and what it was before.

import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { App, Button, Form, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { DetectionRule, RuleCheckAnswer } from "@/api/types";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useDetectionRule, useRefreshRules } from "./detection";
import { ExplainTab } from "./ExplainTab";
import { FiltersTab } from "./FiltersTab";
import { ReasonDialog, RuleEditor, SeverityTag, StateTag } from "./parts";
import { familyOf, SEVERITIES, type Tab } from "./rule";
import { TrialPanel } from "./TrialPanel";
import { VersionsTab } from "./VersionsTab";
import "./detection.css";

/** What a new version is made of, but for what changes. */
type Change = Partial<Pick<DetectionRule, "state" | "filters" | "severity_override" | "text">>;

export function usePutRule(rule: DetectionRule): (change: Change, reason: string) => Promise<void> {
  const { t } = useTranslation("detection");
  const { message } = App.useApp();
  const refresh = useRefreshRules();
  return async (change, reason) => {
    const next = { ...rule, ...change };
    const made = await data(
      api.PUT("/api/v1/detection/rules/{rule}", {
        params: { path: { rule: rule.name } },
        body: {
          base: rule.version,
          state: next.state,
          severity: next.severity_override,
          filters: next.filters,
          text: rule.ships ? null : next.text,
          reason,
        },
      }),
    );
    void message.success(t("saved", { version: made.version }));
    await refresh();
  };
}

export function RulePage() {
  const { t } = useTranslation("detection");
  const { rule: name } = useParams({ from: "/detection/rules/$rule" });
  const found = useDetectionRule(name);
  if (found.isPending) {
    return (
      <div className="page" role="status" aria-label={t("title")}>
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (found.isError) return <ProblemPage problem={asProblem(found.error)} onRetry={() => void found.refetch()} />;
  return <Shown key={name} rule={found.data} />;
}

function Shown({ rule }: { rule: DetectionRule }) {
  const { t } = useTranslation("detection");
  const label = useLabel();
  const navigate = useNavigate();
  const search = useSearch({ from: "/detection/rules/$rule" });
  const manages = useDuty("detection.manage");
  const show = (search: { tab?: Tab; trial?: string }) =>
    navigate({ to: "/detection/rules/$rule", params: { rule: rule.name }, search, replace: true });
  const tabs = [
    { key: "text", label: t("tabs.text"), children: <TextTab key={rule.version} rule={rule} /> },
    { key: "filters", label: t("tabs.filters"), children: <FiltersTab key={rule.version} rule={rule} /> },
    ...(manages
      ? [
          {
            key: "trial",
            label: t("tabs.trial"),
            children: (
              <TrialPanel
                rule={rule.name}
                filters={rule.filters}
                trial={search.trial}
                onTrial={(trial) => void show({ tab: "trial", trial })}
              />
            ),
          },
          { key: "explain", label: t("tabs.explain"), children: <ExplainTab rule={rule} /> },
        ]
      : []),
    { key: "versions", label: t("tabs.versions"), children: <VersionsTab rule={rule} /> },
  ];
  return (
    <div className="page">
      <p>
        <Link to="/detection/rules">{t("back")}</Link>
      </p>
      <div className="page-head">
        <h1>{label({ zh: rule.title_zh, en: rule.title_en })}</h1>
        <div className="grow" />
        {manages && <Acts rule={rule} />}
      </div>
      <div className="detection-tags detection-head">
        <StateTag rule={rule} />
        <SeverityTag severity={rule.severity} />
        <span>{t(`family.${familyOf(rule)}`)}</span>
        <span className="muted detection-name">{rule.name}</span>
        <span className="muted">{rule.ships ? t("ships") : t("own")}</span>
      </div>
      <PageTabs
        label={t("title")}
        active={search.tab ?? "text"}
        onChange={(tab) => void show(tab === "text" ? {} : { tab: tab as Tab })}
        tabs={tabs}
      />
    </div>
  );
}

function Acts({ rule }: { rule: DetectionRule }) {
  const { t } = useTranslation("detection");
  const navigate = useNavigate();
  const put = usePutRule(rule);
  const [asked, setAsked] = useState<"switch" | "severity" | "remove">();
  const close = () => setAsked(undefined);
  const on = rule.state === "on";
  return (
    <div className="detection-act">
      <Button type={on ? "default" : "primary"} onClick={() => setAsked("switch")}>
        {t(on ? "turnOff" : "turnOn")}
      </Button>
      <Button onClick={() => setAsked("severity")}>{t("setSeverity")}</Button>
      {!rule.ships && rule.state !== "removed" && (
        <Button danger onClick={() => setAsked("remove")}>
          {t("remove")}
        </Button>
      )}
      {asked === "switch" && (
        <ReasonDialog
          title={t(on ? "turnOff" : "turnOn")}
          submit={t(on ? "turnOff" : "turnOn")}
          danger={on}
          onClose={close}
          onSubmit={async (reason) => {
            await put({ state: on ? "off" : "on" }, reason);
            close();
          }}
        />
      )}
      {asked === "severity" && (
        <ReasonDialog
          title={t("setSeverity")}
          submit={t("save")}
          onClose={close}
          onSubmit={async (reason, fields) => {
            const severity = SEVERITIES.find((s) => s === fields.severity) ?? null;
            await put({ severity_override: severity }, reason);
            close();
          }}
        >
          <Form.Item name="severity" label={t("level")} initialValue={rule.severity_override ?? ""}>
            <Select
              options={[
                { value: "", label: t("ownSeverity") },
                ...SEVERITIES.map((s) => ({ value: s, label: t(`severity.${s}`) })),
              ]}
            />
          </Form.Item>
        </ReasonDialog>
      )}
      {asked === "remove" && (
        <ReasonDialog
          title={t("remove")}
          submit={t("remove")}
          danger
          onClose={close}
          onSubmit={async (reason) => {
            await put({ state: "removed" }, reason);
            close();
            await navigate({ to: "/detection/rules" });
          }}
        />
      )}
    </div>
  );
}

function TextTab({ rule }: { rule: DetectionRule }) {
  const { t } = useTranslation("detection");
  const manages = useDuty("detection.manage");
  const put = usePutRule(rule);
  const [text, setText] = useState(rule.text);
  const [checked, setChecked] = useState<RuleCheckAnswer>();
  const [problem, setProblem] = useState<ProblemError>();
  const [saving, setSaving] = useState(false);
  const writes = manages && !rule.ships;
  const check = async () => {
    setProblem(undefined);
    try {
      const answer = await data(api.POST("/api/v1/detection/check", { body: { text, rule: rule.name } }));
      setChecked(answer);
      return answer.problems.length === 0;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    }
  };
  return (
    <section className="panel detection-panel">
      {rule.ships && <p className="muted">{t("shippedText")}</p>}
      <RuleEditor
        label={t("editor")}
        value={text}
        readOnly={!writes}
        onChange={(next) => {
          setText(next);
          setChecked(undefined);
        }}
        problems={checked?.problems ?? rule.problems}
        checked={checked !== undefined}
      />
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
      {writes && (
        <div className="detection-act">
          <Button onClick={() => void check()}>{t("check")}</Button>
          <Button
            type="primary"
            disabled={text === rule.text}
            onClick={async () => {
              if (await check()) setSaving(true);
            }}
          >
            {t("save")}
          </Button>
        </div>
      )}
      {saving && (
        <ReasonDialog
          title={t("save")}
          submit={t("save")}
          onClose={() => setSaving(false)}
          onSubmit={(reason) => put({ text }, reason)}
        />
      )}
    </section>
  );
}
