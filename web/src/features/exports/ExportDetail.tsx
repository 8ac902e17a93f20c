// Everything about one export: what was asked, how it went, who took it when and from where.

import { Button, Descriptions, Empty, Popconfirm, Space, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { ExportView } from "@/api/types";
import { useObjectWords } from "@/shared/directory";
import { formatNumber, formatTime } from "@/shared/format";
import { ProblemAlert } from "@/shared/ProblemView";
import { Rows, Standing } from "./columns";
import { useQuestionWords } from "./question";
import { useExportActs } from "./useExport";

const HELP = ["withdrawn", "unknown", "failed", "sent"] as const;

export function ExportDetail({ row, own }: { row: ExportView; own: boolean }) {
  const { t } = useTranslation("exports");
  const words = useObjectWords();
  const acts = useExportActs();
  const busy = acts.busy === row.id;
  const help = HELP.find((state) => state === row.state);
  const question = useQuestionWords();
  const open = ["waiting", "approved", "running", "ready"].includes(row.state);
  return (
    <>
      {acts.problem && <ProblemAlert problem={acts.problem} style={{ marginBottom: 16 }} />}
      <Descriptions
        column={1}
        size="small"
        bordered
        items={[
          { key: "state", label: t("column.state"), children: <Standing row={row} /> },
          { key: "who", label: t("column.who"), children: row.user_name },
          { key: "asked", label: t("column.asked"), children: formatTime(row.asked_at) },
          { key: "purpose", label: t("column.purpose"), children: row.purpose ?? t("noPurpose") },
          { key: "object", label: t("object"), children: words.object(row.object) },
          { key: "question", label: t("question"), children: question(row.object, row.question) },
          {
            key: "fields",
            label: t("fields"),
            children: row.fields.map((name) => words.field(row.object, name)).join(", "),
          },
          { key: "rows", label: t("column.rows"), children: <Rows row={row} follow={own} /> },
          {
            key: "format",
            label: t("format"),
            children: `${row.format.toUpperCase()} · ${formatNumber(row.bytes / 1000, 1, false)} kB`,
          },
          ...(typeof row.ended_at === "number"
            ? [{ key: "ended", label: t("ended"), children: formatTime(row.ended_at) }]
            : []),
          ...(typeof row.expires_at === "number"
            ? [{ key: "expires", label: t("expires"), children: formatTime(row.expires_at) }]
            : []),
          {
            key: "id",
            label: t("id"),
            children: (
              <Typography.Text className="mono" copyable>
                {row.id}
              </Typography.Text>
            ),
          },
        ]}
      />
      {help && <p className="muted">{t(`stateHelp.${help}`)}</p>}
      {own && open && (
        <Space className="export-acts" wrap>
          {row.state === "ready" && (
            <Button type="primary" loading={busy} onClick={() => void acts.take(row.id, `${row.object}.${row.format}`)}>
              {t("download")}
            </Button>
          )}
          {row.state === "approved" && (
            <Button type="primary" loading={busy} onClick={() => void acts.start(row.id)}>
              {t("start")}
            </Button>
          )}
          <Popconfirm
            title={row.state === "ready" ? t("destroyAsk") : t("cancelAsk")}
            onConfirm={() => void acts.cancel(row.id)}
          >
            <Button danger disabled={busy}>
              {row.state === "ready" ? t("destroy") : t("cancel")}
            </Button>
          </Popconfirm>
        </Space>
      )}
      {acts.received !== undefined && <p role="status">{t("downloading", { size: acts.received })}</p>}
      <h3>
        {t("downloads")} ({t("times", { count: row.downloads.length, most: row.most_downloads })})
      </h3>
      {row.downloads.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noDownloads")} />
      ) : (
        <ul className="export-downloads">
          {row.downloads.map((taken) => (
            <li key={taken.at}>
              {formatTime(taken.at)} · {taken.address ?? t("noAddress")}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
