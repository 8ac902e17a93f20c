// Writing a rule: a text, what is wrong with it, a trial, and saving it switched off.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { RuleCheckAnswer } from "@/api/types";
import { ProblemAlert } from "@/shared/ProblemView";
import { useRefreshRules } from "./detection";
import { ReasonDialog, RuleEditor } from "./parts";
import { BEGIN } from "./rule";
import { TrialPanel } from "./TrialPanel";
import "./detection.css";

export function NewRulePage() {
  const { t } = useTranslation("detection");
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { trial } = useSearch({ from: "/detection/new" });
  const refresh = useRefreshRules();
  const [text, setText] = useState(BEGIN);
  const [checked, setChecked] = useState<RuleCheckAnswer>();
  const [problem, setProblem] = useState<ProblemError>();
  const [saving, setSaving] = useState<string>();
  const check = async () => {
    setProblem(undefined);
    try {
      const answer = await data(api.POST("/api/v1/detection/check", { body: { text } }));
      setChecked(answer);
      return answer;
    } catch (error) {
      setProblem(asProblem(error));
      return undefined;
    }
  };
  const name = checked?.rule?.name;
  return (
    <div className="page">
      <h1>{t("newTitle")}</h1>
      <p className="muted detection-note">{t("newText")}</p>
      <section className="panel detection-panel">
        <RuleEditor
          label={t("editor")}
          value={text}
          onChange={(next) => {
            setText(next);
            setChecked(undefined);
          }}
          {...(checked ? { problems: checked.problems, checked: true } : {})}
        />
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 12 }} />}
        <div className="detection-act">
          <Button onClick={() => void check()}>{t("check")}</Button>
          <Button
            type="primary"
            onClick={async () => {
              const answer = await check();
              if (answer?.rule) setSaving(answer.rule.name);
            }}
          >
            {t("saveAs")}
          </Button>
        </div>
      </section>
      {(name !== undefined || trial !== undefined) && (
        <TrialPanel
          text={text}
          filters={[]}
          trial={trial}
          onTrial={(job) => void navigate({ to: "/detection/new", search: { trial: job }, replace: true })}
        />
      )}
      {saving !== undefined && (
        <ReasonDialog
          title={t("saveAs")}
          submit={t("save")}
          onClose={() => setSaving(undefined)}
          onSubmit={async (reason) => {
            await api.PUT("/api/v1/detection/rules/{rule}", {
              params: { path: { rule: saving } },
              body: { base: 0, state: "off", severity: null, filters: [], text, reason },
            });
            void message.success(t("savedOff"));
            await refresh();
            await navigate({ to: "/detection/rules/$rule", params: { rule: saving }, search: { tab: "trial" } });
          }}
        />
      )}
    </div>
  );
}
