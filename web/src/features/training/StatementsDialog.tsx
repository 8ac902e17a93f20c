// A file of statements that another system gave out: sent, and what became of each.

import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import type { components } from "@/api/schema";
import { ProblemAlert } from "@/shared/ProblemView";
import { malformedOf, OUTCOMES, outcomeOf, sendStatements, TRAINING } from "./training";

type Taken = components["schemas"]["StatementsAnswer"];

export function StatementsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["training", "common"]);
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<ProblemError>();
  const [taken, setTaken] = useState<Taken>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!file) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setTaken(await sendStatements(file));
      await queries.invalidateQueries({ queryKey: TRAINING });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("statements.take")}
      onCancel={onClose}
      footer={
        taken ? (
          <Button type="primary" onClick={onClose}>
            {t("common:close")}
          </Button>
        ) : (
          <Button type="primary" disabled={!file} loading={busy} onClick={() => void send().catch(() => undefined)}>
            {t("statements.send")}
          </Button>
        )
      }
    >
      <p className="muted">{t("statements.text")}</p>
      <Form layout="vertical">
        <Form.Item label={t("statements.file")} htmlFor="statements-file" extra={t("statements.fileHelp")}>
          <input
            id="statements-file"
            type="file"
            accept=".json,application/json"
            className="training-file"
            disabled={busy || taken !== undefined}
            onChange={({ target }) => {
              setFile(target.files?.[0]);
              setProblem(undefined);
            }}
          />
        </Form.Item>
      </Form>
      {problem && <ProblemAlert problem={problem} />}
      {taken && <Outcome of={taken} />}
    </Modal>
  );
}

function Outcome({ of }: { of: Taken }) {
  const { t } = useTranslation("training");
  const counted = OUTCOMES.filter((name) => (of.counts[name] ?? 0) > 0);
  return (
    <div role="status">
      <Alert
        type={of.lines.length > 0 ? "warning" : "success"}
        showIcon
        title={t("statements.done")}
        description={counted.map((name) => `${t(`outcome.${name}`)} ${of.counts[name]}`).join(" · ")}
      />
      {of.lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key
        <div className="training-lines" tabIndex={0} role="region" aria-label={t("statements.lines")}>
          <ul>
            {of.lines.map((line) => {
              const why = malformedOf(line.reason);
              return (
                <li key={line.id}>
                  {t(`outcome.${outcomeOf(line.outcome)}`)}
                  {why && `: ${t(`malformed.${why}`)}`} <code>{line.id}</code>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}
