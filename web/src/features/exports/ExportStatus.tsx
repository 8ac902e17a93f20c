// The export that a dialog has begun: how far it is, giving it up, and taking its file.

import { Alert, Button, Progress, Space } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { ExportView } from "@/api/types";
import { formatNumber } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { isState, useLeft, useNow } from "./state";
import { useExportActs, useProgress } from "./useExport";

const count = (n: number) => formatNumber(n, 0, true);

export function ExportStatus({ asked }: { asked: ExportView }) {
  const { t } = useTranslation("exports");
  const left = useLeft();
  const now = useNow();
  const progress = useProgress(asked.state === "waiting" ? undefined : asked.id);
  const acts = useExportActs();
  const { state, rows, expires_at: expires } = progress.data ?? asked;
  const most = count(asked.at_most);
  return (
    <div role="status">
      {acts.problem && <ProblemAlert problem={acts.problem} style={{ marginBottom: 16 }} />}
      {progress.isError && <ProblemAlert problem={asProblem(progress.error)} onRetry={() => void progress.refetch()} />}
      {state === "waiting" && <Alert type="info" showIcon title={t("waiting", { rows: most })} />}
      {state === "running" && (
        <>
          <p>{t("running", { rows: count(rows), most })}</p>
          <Progress
            percent={asked.at_most === 0 ? 0 : Math.min(99, Math.floor((rows / asked.at_most) * 100))}
            aria-label={t("running", { rows: count(rows), most })}
          />
          <p className="muted">{t("background")}</p>
          <Button onClick={() => void acts.cancel(asked.id)} loading={acts.busy !== undefined}>
            {t("cancel")}
          </Button>
        </>
      )}
      {state === "ready" && (
        <Space orientation="vertical">
          <Alert
            type="success"
            showIcon
            title={t("ready", { rows: count(rows), time: expires ? left(expires, now) : "" })}
          />
          <Button
            type="primary"
            loading={acts.busy !== undefined}
            onClick={() => void acts.take(asked.id, `${asked.object}.${asked.format}`)}
          >
            {t("download")}
          </Button>
        </Space>
      )}
      {state !== "waiting" && state !== "running" && state !== "ready" && (
        <Alert type="warning" showIcon title={t("over", { state: isState(state) ? t(`state.${state}`) : state })} />
      )}
      {acts.received !== undefined && <p>{t("downloading", { size: acts.received })}</p>}
    </div>
  );
}
