// A change of the audit policy as it is drafted: what it means is asked of the server before it is proposed.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, InputNumber, Select, Space } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { AuditEffect, AuditPolicy, AuditPolicyAnswer } from "@/api/types";
import { useObjectWords } from "@/shared/directory";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { KEY } from "./AuditPolicyPage";
import { Differences, Effect } from "./parts";
import { CLASSES, type Depth, differences } from "./policy";

type Props = { have: AuditPolicyAnswer; draft: AuditPolicy; onClose: () => void };

export function PolicyForm({ have, draft, onClose }: Props) {
  const { t } = useTranslation(["auditPolicy", "common"]);
  const words = useObjectWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [policy, setPolicy] = useState(draft);
  const [reason, setReason] = useState("");
  const [effect, setEffect] = useState<AuditEffect>();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const changed = differences(have.policy, policy).length > 0;
  const { setDirty } = useUnsaved();
  useEffect(() => setDirty(changed), [changed, setDirty]);
  const change = (next: Partial<AuditPolicy>) => {
    setPolicy({ ...policy, ...next });
    setEffect(undefined);
  };
  const send = async (what: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await what();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const preview = () =>
    send(async () => setEffect(await data(api.POST("/api/v1/admin/audit-policy/preview", { body: { policy } }))));
  const propose = () =>
    send(async () => {
      await api.POST("/api/v1/admin/audit-policy/proposals", { body: { base: have.version, policy, reason } });
      setDirty(false);
      void message.success(t("proposal.made"));
      onClose();
      await queries.invalidateQueries({ queryKey: KEY });
    });
  const { frequency, method, retention } = policy;
  const number = (label: string, value: number, min: number, max: number, set: (n: number) => void) => (
    <Form.Item label={label}>
      <InputNumber<number>
        aria-label={label}
        min={min}
        max={max}
        precision={0}
        value={value}
        onChange={(n) => n !== null && set(n)}
        style={{ width: "100%" }}
      />
    </Form.Item>
  );
  return (
    <section className="panel policy-panel" aria-label={t("form.title")}>
      <h2>{t("form.title")}</h2>
      <Form layout="vertical" component="div" disabled={busy}>
        <h3>{t("part.scope")}</h3>
        <p className="muted">{t("form.scopeHelp")}</p>
        {have.may_thin.length === 0 && <p>{t("form.noObjects")}</p>}
        {have.may_thin.map((object) => (
          <ScopeRow
            key={object}
            label={t("scopeLine", { object: words.object(object) })}
            depth={policy.scope[object] ?? { kind: "full" }}
            onChange={(depth) => change({ scope: { ...policy.scope, [object]: depth } })}
          />
        ))}
        <h3>{t("part.frequency")}</h3>
        <div className="form-grid policy-grid">
          {number(t("form.checkpoint"), frequency.checkpoint_seconds, 1, 60, (n) =>
            change({ frequency: { ...frequency, checkpoint_seconds: n } }),
          )}
          {number(t("form.verify"), frequency.verify_hours, 1, 168, (n) =>
            change({ frequency: { ...frequency, verify_hours: n } }),
          )}
          {number(t("form.review"), frequency.review_days, 1, 90, (n) =>
            change({ frequency: { ...frequency, review_days: n } }),
          )}
        </div>
        <h3>{t("part.method")}</h3>
        <div className="form-grid">
          <Form.Item label={t("line.fields")}>
            <Select
              aria-label={t("line.fields")}
              value={method.fields}
              onChange={(fields) => change({ method: { ...method, fields } })}
              options={(["names", "classes"] as const).map((value) => ({ value, label: t(`value.${value}`) }))}
            />
          </Form.Item>
          <Form.Item label={t("line.question")}>
            <Select
              aria-label={t("line.question")}
              value={method.question}
              onChange={(question) => change({ method: { ...method, question } })}
              options={(["values", "digest"] as const).map((value) => ({ value, label: t(`value.${value}`) }))}
            />
          </Form.Item>
        </div>
        <h3>{t("part.retention")}</h3>
        <Form.Item label={t("form.days")} extra={t("form.daysHelp", { days: have.least_days })}>
          <Space wrap>
            <Checkbox
              checked={retention.days === null}
              onChange={(e) => change({ retention: e.target.checked ? { days: null } : { days: 365, longer: {} } })}
            >
              {t("form.forGood")}
            </Checkbox>
            {retention.days !== null && (
              <InputNumber<number>
                aria-label={t("form.days")}
                min={have.least_days}
                max={36_500}
                precision={0}
                value={retention.days}
                onChange={(n) => n !== null && change({ retention: { ...retention, days: n } })}
              />
            )}
          </Space>
        </Form.Item>
        {retention.days !== null && (
          <Form.Item label={t("form.longer")} extra={t("form.longerHelp")}>
            <div className="form-grid">
              {CLASSES.map((name) => (
                <div key={name} className="policy-longer">
                  <span>{t(`line.longer.${name}`)}</span>
                  <InputNumber<number>
                    aria-label={t(`line.longer.${name}`)}
                    min={(retention.days ?? 0) + 1}
                    max={36_500}
                    precision={0}
                    value={retention.longer?.[name] ?? null}
                    onChange={(n) => {
                      const { [name]: _, ...rest } = retention.longer ?? {};
                      change({ retention: { ...retention, longer: n === null ? rest : { ...rest, [name]: n } } });
                    }}
                  />
                </div>
              ))}
            </div>
          </Form.Item>
        )}
        {changed && <Differences from={have.policy} to={policy} />}
        {effect && <Effect effect={effect} />}
        <Form.Item label={t("form.reason")} htmlFor="policy-reason" extra={t("form.reasonHelp")}>
          <Input.TextArea
            id="policy-reason"
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
        </Form.Item>
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <Space wrap>
          <Button disabled={!changed} onClick={() => void preview()}>
            {t("form.preview")}
          </Button>
          <Button
            type="primary"
            loading={busy}
            disabled={!changed || reason.trim() === ""}
            onClick={() => void propose()}
          >
            {t("form.submit")}
          </Button>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
          {!changed && <span className="muted">{t("form.nothing")}</span>}
        </Space>
      </Form>
    </section>
  );
}

function ScopeRow({ label, depth, onChange }: { label: string; depth: Depth; onChange: (depth: Depth) => void }) {
  const { t } = useTranslation("auditPolicy");
  const kinds = ["full", "sampled", "counted"] as const;
  return (
    <Form.Item label={label}>
      <Space wrap>
        <Select
          aria-label={label}
          className="policy-depth"
          value={depth.kind}
          onChange={(kind) => onChange(kind === "sampled" ? { kind, one_in: 10 } : { kind })}
          options={kinds.map((value) => ({ value, label: t(`depth.${value}`, { n: "N" }) }))}
        />
        {depth.kind === "sampled" && (
          <InputNumber<number>
            aria-label={t("form.oneIn")}
            min={2}
            max={100}
            precision={0}
            value={depth.one_in}
            onChange={(n) => n !== null && onChange({ kind: "sampled", one_in: n })}
          />
        )}
      </Space>
    </Form.Item>
  );
}
