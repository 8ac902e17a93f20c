// Every error, told: what it is, what to do about it, its request id, and a way to try again.

import { Link } from "@tanstack/react-router";
import { Alert, Button, Result, Typography } from "antd";
import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ProblemError } from "@/api/problem";
import { StepUpButton } from "@/features/responses/StepUp";
import { useLabel } from "@/i18n";
import { useItemText } from "./fields/reason";
import { formatTime } from "./format";

function Details({ problem }: { problem: ProblemError }) {
  const { t } = useTranslation();
  const text = useItemText();
  const parts: Array<[string, string]> = [[t("problem.code"), problem.code]];
  if (problem.rules.length > 0) parts.push([t("problem.rules"), problem.rules.join(", ")]);
  if (problem.traceId) parts.push([t("problem.request"), problem.traceId]);
  return (
    <div className="problem-details">
      {problem.detail && problem.status === 409 && <div>{problem.detail}</div>}
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((item) => (
            <li key={`${item.pointer} ${item.code}`}>
              <code>{item.pointer || "/"}</code> {text(item)}
            </li>
          ))}
        </ul>
      )}
      {parts.map(([name, value]) => (
        <span key={name}>
          {name}{" "}
          <Typography.Text code copyable={name === t("problem.request") ? { text: value } : false}>
            {value}
          </Typography.Text>
        </span>
      ))}
    </div>
  );
}

/** An error beside what it is about. */
export function ProblemAlert({
  problem,
  onRetry,
  style,
  children,
}: {
  problem: ProblemError;
  onRetry?: () => void;
  style?: CSSProperties;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Alert
      type={problem.status >= 500 || problem.status <= 0 ? "error" : "warning"}
      showIcon
      role="alert"
      {...(style ? { style } : {})}
      title={label(problem.help)}
      description={
        <>
          {problem.retryAfter !== undefined && <div>{t("problem.retryIn", { seconds: problem.retryAfter })}</div>}
          {problem.until !== undefined && <div>{t("problem.until", { until: formatTime(problem.until) })}</div>}
          {problem.code === "step_up_needed" && <StepUpButton />}
          {problem.code === "training_needed" && <Link to="/training">{t("problem.training")}</Link>}
          <Details problem={problem} />
          {children}
        </>
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    />
  );
}

/** An error instead of a page. */
export function ProblemPage({
  problem,
  onRetry,
  actions,
  children,
}: {
  problem: ProblemError;
  onRetry?: () => void;
  /** What else can be done about it; comes first. */
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const titles: Record<number, string> = {
    0: t("problem.offlineTitle"),
    403: t("problem.forbiddenTitle"),
    404: t("problem.notFoundTitle"),
  };
  const status = problem.status === 404 ? "404" : problem.status === 403 ? "403" : "error";
  return (
    <Result
      status={status === "error" ? "error" : "warning"}
      title={titles[problem.status] ?? t("problem.title")}
      subTitle={label(problem.help)}
      extra={[
        actions,
        onRetry && (
          <Button key="retry" {...(actions ? {} : { type: "primary" as const })} onClick={onRetry}>
            {t("retry")}
          </Button>
        ),
        <Button key="home" href="/">
          {t("problem.home")}
        </Button>,
      ]}
    >
      {problem.status !== 404 || children ? (
        <>
          {problem.status !== 404 && <Details problem={problem} />}
          {children}
        </>
      ) : null}
    </Result>
  );
}
