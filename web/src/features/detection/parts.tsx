// Small parts: tags, the dialog that asks why, an editor with numbered lines and what is wrong beside them.

import { Form, Input, Tag } from "antd";
import { type ReactNode, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { DetectionRule, TextProblem } from "@/api/types";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { CheckIcon, WarningIcon } from "@/shared/icons";
import { Severity } from "@/shared/Severity";

export function SeverityTag({ severity }: { severity: DetectionRule["severity"] }) {
  const { t } = useTranslation("detection");
  return <Severity level={severity}>{t(`severity.${severity}`)}</Severity>;
}

export function StateTag({ rule }: { rule: Pick<DetectionRule, "state" | "problems"> }) {
  const { t } = useTranslation("detection");
  if (rule.problems.length > 0) {
    return (
      <Tag color="error" icon={<WarningIcon />}>
        {t("left")}
      </Tag>
    );
  }
  return <Tag color={rule.state === "on" ? "success" : "default"}>{t(`state.${rule.state}`)}</Tag>;
}

/** Asks why, and does it. */
export function ReasonDialog(props: {
  title: string;
  danger?: boolean;
  submit: string;
  children?: ReactNode;
  onSubmit: (reason: string, fields: Record<string, unknown>) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation("detection");
  return (
    <FormDialog<{ reason: string }>
      title={props.title}
      submit={props.submit}
      danger={props.danger ?? false}
      onSubmit={(fields) => props.onSubmit(fields.reason, fields)}
      onClose={props.onClose}
    >
      {props.children}
      <Form.Item
        name="reason"
        label={t("reason")}
        extra={t("reasonHelp")}
        rules={[{ required: true, whitespace: true, message: t("need") }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

/** A text with its lines numbered; those something is wrong with are marked, and told below. */
export function RuleEditor(props: {
  label: string;
  value: string;
  readOnly?: boolean;
  onChange?: (value: string) => void;
  problems?: TextProblem[];
  checked?: boolean;
}) {
  const { t } = useTranslation("detection");
  const label = useLabel();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = props.value.split("\n");
  const wrong = new Set(props.problems?.map((p) => p.line));
  const go = (line: number) => {
    const from = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.current?.focus();
    area.current?.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  };
  const numbers = lines.map((_, n) => n + 1);
  return (
    <div className="detection-edit">
      <label htmlFor={id}>{props.label}</label>
      <div className="detection-editor">
        <div className="detection-lines" aria-hidden>
          {numbers.map((n) => (
            <div key={n} className={wrong.has(n) ? "wrong" : ""}>
              {n}
            </div>
          ))}
        </div>
        <textarea
          id={id}
          ref={area}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          rows={Math.max(8, lines.length)}
          value={props.value}
          readOnly={props.readOnly ?? false}
          aria-describedby={`${id}-problems`}
          onChange={(e) => props.onChange?.(e.target.value)}
        />
      </div>
      <div id={`${id}-problems`} role="status" className="detection-problems">
        {props.checked && props.problems?.length === 0 && (
          <p className="detection-fine">
            <CheckIcon /> {t("fine")}
          </p>
        )}
        {props.problems && props.problems.length > 0 && (
          <>
            <p>{t("problems", { count: props.problems.length })}</p>
            <ul>
              {props.problems.map((p) => (
                <li key={`${p.code}-${p.line}-${p.en}`}>
                  {p.line !== null && (
                    <button type="button" className="detection-line" onClick={() => go(p.line as number)}>
                      {t("line", { line: p.line })}
                    </button>
                  )}{" "}
                  {label({ zh: p.zh, en: p.en })} <span className="muted">{p.code}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
