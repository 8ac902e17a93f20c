// What a rule was before: who changed it, why, and which lines; and taking a version back.

import { App, Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { DetectionRule, DetectionVersion } from "@/api/types";
import { useDuty } from "@/app/session";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { useDetectionVersions, useRefreshRules } from "./detection";
import { diff } from "./diff";
import { ReasonDialog } from "./parts";
import { wholeText } from "./rule";

export function VersionsTab({ rule }: { rule: DetectionRule }) {
  const { t } = useTranslation("detection");
  const versions = useDetectionVersions(rule.name);
  if (versions.isPending) return <Skeleton active />;
  if (versions.isError) {
    return <ProblemPage problem={asProblem(versions.error)} onRetry={() => void versions.refetch()} />;
  }
  const all = versions.data.items;
  return (
    <ol className="detection-versions" aria-label={t("tabs.versions")}>
      {all.map((version, n) => (
        <Version key={version.version} rule={rule} version={version} before={all[n + 1]} />
      ))}
    </ol>
  );
}

type Props = { rule: DetectionRule; version: DetectionVersion; before: DetectionVersion | undefined };

function Version({ rule, version, before }: Props) {
  const { t } = useTranslation("detection");
  const { message } = App.useApp();
  const manages = useDuty("detection.manage");
  const refresh = useRefreshRules();
  const [asked, setAsked] = useState(false);
  const current = version.version === rule.version;
  return (
    <li className="panel detection-panel">
      <div className="detection-act">
        <strong>{version.version === 0 ? t("shippedVersion") : t("versionNo", { version: version.version })}</strong>
        <span>{t(`state.${version.state}`)}</span>
        {current && <span className="muted">{t("current")}</span>}
        {version.at !== null && (
          <span className="muted">{t("by", { name: version.author_name ?? "", at: formatTime(version.at) })}</span>
        )}
        <div className="grow" />
        {manages && !current && (
          <Button size="small" onClick={() => setAsked(true)}>
            {t("rollBack")}
          </Button>
        )}
      </div>
      {version.reason !== null && <p>{version.reason}</p>}
      {before && (
        <details>
          <summary>{t("compare")}</summary>
          <Differences before={wholeText(before)} after={wholeText(version)} />
        </details>
      )}
      {asked && (
        <ReasonDialog
          title={t("rollBackTitle", { version: version.version })}
          submit={t("rollBack")}
          onClose={() => setAsked(false)}
          onSubmit={async (reason) => {
            await api.POST("/api/v1/detection/rules/{rule}/roll-back", {
              params: { path: { rule: rule.name } },
              body: { base: rule.version, to: version.version, reason },
            });
            setAsked(false);
            void message.success(t("saved", { version: rule.version + 1 }));
            await refresh();
          }}
        />
      )}
    </li>
  );
}

const SIGNS = { same: " ", gone: "-", new: "+" } as const;

function Differences({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation("detection");
  const lines = diff(before, after);
  if (lines.every((l) => l.kind === "same")) return <p className="muted">{t("same")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too
    <pre className="detection-diff" tabIndex={0}>
      {lines.map((line, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
        <div key={n} className={line.kind}>
          {SIGNS[line.kind]} {line.text}
        </div>
      ))}
    </pre>
  );
}
