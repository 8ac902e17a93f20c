// A scanner's report: chosen, tried, taken in; and what became of it.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, AutoComplete, Button, Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import { ProblemAlert } from "@/shared/ProblemView";
import { FINDINGS, type ScanAnswer, sendScan, useFigures } from "./findings";
import { SeverityTag } from "./parts";

export function ImportScan({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["findings", "common"]);
  const queries = useQueryClient();
  const assets = useFigures().data?.assets ?? [];
  const [form] = Form.useForm<{ asset: string }>();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<ScanAnswer>();
  const send = async (dry: boolean) => {
    const { asset } = await form.validateFields();
    if (!file) return;
    setBusy(true);
    setProblem(undefined);
    setAnswer(undefined);
    try {
      setAnswer(await sendScan(asset.trim(), file, dry));
      if (!dry) await queries.invalidateQueries({ queryKey: FINDINGS });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const done = answer !== undefined && !answer.dry;
  return (
    <Modal
      open
      title={t("import.title")}
      onCancel={onClose}
      width={640}
      footer={
        done
          ? [
              <Button key="close" type="primary" onClick={onClose}>
                {t("common:close")}
              </Button>,
            ]
          : [
              <Button key="try" disabled={!file} loading={busy} onClick={() => void send(true).catch(() => undefined)}>
                {t("import.try")}
              </Button>,
              <Button
                key="take"
                type="primary"
                disabled={!file}
                loading={busy}
                onClick={() => void send(false).catch(() => undefined)}
              >
                {t("import.take")}
              </Button>,
            ]
      }
    >
      <p className="muted">{t("import.text")}</p>
      <Form form={form} layout="vertical" requiredMark={false} disabled={busy || done}>
        <Form.Item
          name="asset"
          label={t("import.asset")}
          extra={t("import.assetHelp")}
          rules={[{ required: true, whitespace: true, max: 120, message: t("need") }]}
        >
          <AutoComplete options={assets.map(({ asset }) => ({ value: asset }))} />
        </Form.Item>
        <Form.Item label={t("import.file")} htmlFor="scan-file" extra={t("import.fileHelp")}>
          <input
            id="scan-file"
            type="file"
            className="finding-file"
            disabled={busy || done}
            onChange={({ target }) => {
              setFile(target.files?.[0]);
              setAnswer(undefined);
              setProblem(undefined);
            }}
          />
        </Form.Item>
      </Form>
      {problem && <ProblemAlert problem={problem} />}
      {answer && <Outcome of={answer} />}
    </Modal>
  );
}

const WHATS = ["found", "shown_again", "verified"] as const;

function Outcome({ of }: { of: ScanAnswer }) {
  const { t } = useTranslation("findings");
  const { counts } = of.scan;
  return (
    <div role="status" className="finding-outcome">
      <Alert
        type={of.known || of.dry ? "info" : "success"}
        showIcon
        title={t(of.known ? "import.known" : of.dry ? "import.tried" : "import.done")}
        description={`${of.scan.tool} · ${of.scan.format}${of.scan.complete ? "" : ` · ${t("import.incomplete")}`}`}
      />
      <dl className="finding-facts">
        <div>
          <dt>{t("counts.found")}</dt>
          <dd>{counts.found}</dd>
        </div>
        <div>
          <dt>{t("counts.still")}</dt>
          <dd>{counts.still}</dd>
        </div>
        <div>
          <dt>{t("counts.reopened")}</dt>
          <dd>{counts.reopened}</dd>
        </div>
        <div>
          <dt>{t("counts.verified")}</dt>
          <dd>{counts.verified}</dd>
        </div>
      </dl>
      {of.lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key
        <div className="finding-lines" tabIndex={0} role="region" aria-label={t("import.lines")}>
          <ul>
            {of.lines.map((line) => {
              const what = WHATS.find((w) => w === line.what) ?? "found";
              return (
                <li key={line.id}>
                  <SeverityTag severity={line.severity} />
                  <span className="muted">{t(`step.${what}`)}</span>
                  {of.dry ? (
                    <span>{line.title}</span>
                  ) : (
                    <Link to="/findings/$id" params={{ id: line.id }}>
                      {line.title}
                    </Link>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}
