// What the house takes by itself, each rule with the sentence that it means.

import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Empty, InputNumber, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { AutoRule, ResponseRulesAnswer } from "@/api/types";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { FAMILIES, KINDS, RESPONSES, SEVERITIES, useResponseRules } from "./responses";

const NEW: AutoRule = {
  rules: [],
  families: ["canary"],
  severity: "high",
  response: "no_export",
  minutes: 60,
  per_minute: null,
};

export function ResponseRules() {
  const rules = useResponseRules();
  if (rules.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (rules.isError) return <ProblemPage problem={asProblem(rules.error)} onRetry={() => void rules.refetch()} />;
  return <RulesForm key={rules.dataUpdatedAt} rules={rules.data} />;
}

function RulesForm({ rules }: { rules: ResponseRulesAnswer }) {
  const { t } = useTranslation("responses");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [all, setAll] = useState<AutoRule[]>(rules.automatic);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const change = (at: number, part: Partial<AutoRule>) => setAll(all.map((r, n) => (n === at ? { ...r, ...part } : r)));
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.PUT("/api/v1/admin/response-rules", { body: { automatic: all } });
      void message.success(t("rules.saved"));
      await queries.invalidateQueries({ queryKey: RESPONSES });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="responses-rules">
      <p className="muted responses-note">{t("rules.text")}</p>
      <Alert type="info" showIcon title={t("rules.breaker", { most: rules.most_an_hour, people: rules.people })} />
      {all.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("rules.none")} />}
      {all.map((rule, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other key; each shows what stands at its place
        <fieldset key={n} className="panel responses-rule">
          <legend>{t("rules.ofRule", { n: n + 1 })}</legend>
          <div className="form-grid">
            <Labelled label={t("rules.families")} help={t("rules.familiesHelp")}>
              <Select
                mode="multiple"
                aria-label={`${t("rules.families")} ${n + 1}`}
                value={rule.families}
                onChange={(families) => change(n, { families })}
                options={FAMILIES.map((value) => ({ value, label: t(`family.${value}`) }))}
              />
            </Labelled>
            <Labelled label={t("rules.ids")} help={t("rules.idsHelp")}>
              <Select
                mode="tags"
                aria-label={`${t("rules.ids")} ${n + 1}`}
                open={false}
                suffixIcon={null}
                value={rule.rules}
                onChange={(ids) => change(n, { rules: ids })}
              />
            </Labelled>
            <Labelled label={t("rules.severity")}>
              <Select
                aria-label={`${t("rules.severity")} ${n + 1}`}
                value={rule.severity}
                onChange={(severity) => change(n, { severity })}
                options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
              />
            </Labelled>
            <Labelled label={t("rules.response")} help={t(`means.${rule.response}`)}>
              <Select
                aria-label={`${t("rules.response")} ${n + 1}`}
                value={rule.response}
                onChange={(response) =>
                  change(n, { response, per_minute: response === "throttle" ? (rule.per_minute ?? 10) : null })
                }
                options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
              />
            </Labelled>
            <Labelled label={t("rules.minutes")}>
              <InputNumber<number>
                aria-label={`${t("rules.minutes")} ${n + 1}`}
                min={1}
                max={1440}
                precision={0}
                value={rule.minutes}
                onChange={(minutes) => change(n, { minutes: minutes ?? 1 })}
              />
            </Labelled>
            {rule.response === "throttle" && (
              <Labelled label={t("perMinute")}>
                <InputNumber<number>
                  aria-label={`${t("perMinute")} ${n + 1}`}
                  min={1}
                  max={600}
                  precision={0}
                  value={rule.per_minute}
                  onChange={(count) => change(n, { per_minute: count ?? 1 })}
                />
              </Labelled>
            )}
          </div>
          <p className="responses-sentence">
            <Sentence rule={rule} />
          </p>
          <Button size="small" danger onClick={() => setAll(all.filter((_, at) => at !== n))}>
            {t("rules.remove", { n: n + 1 })}
          </Button>
        </fieldset>
      ))}
      {problem && <ProblemAlert problem={problem} />}
      <div className="responses-act">
        <Button disabled={all.length >= 20} onClick={() => setAll([...all, NEW])}>
          {t("rules.add")}
        </Button>
        <Button type="primary" loading={busy} onClick={() => void save()}>
          {t("rules.save")}
        </Button>
      </div>
    </div>
  );
}

function Labelled({ label, help, children }: { label: string; help?: string; children: React.ReactNode }) {
  return (
    <div className="responses-field">
      <span className="responses-label">{label}</span>
      {children}
      {help && <span className="muted">{help}</span>}
    </div>
  );
}

/** What a rule means, in a sentence. */
function Sentence({ rule }: { rule: AutoRule }) {
  const { t, i18n } = useTranslation("responses");
  const named = FAMILIES.filter((f) => rule.families.includes(f)).map((f) => t(`family.${f}`));
  const list = [...named, ...rule.rules].join(i18n.language === "en" ? ", " : "、");
  const what = list ? t("rules.these", { list }) : t("rules.anyAlert");
  return t("rules.sentence", {
    what,
    severity: t(`severity.${rule.severity}`),
    response: t(`kind.${rule.response}`),
    minutes: rule.minutes,
  });
}
