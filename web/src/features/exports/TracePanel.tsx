// Which export a file came from. The file stays in the browser.

import { Alert, Button, Empty, Spin, Tag } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { TracedView } from "@/api/types";
import { ProblemAlert } from "@/shared/ProblemView";
import { ExportDetail } from "./ExportDetail";
import { type Marks, read } from "./trace";

const MOST_BYTES = 200_000_000;

type Found = { file: string; marks: Marks; items: TracedView[] };

export function TracePanel() {
  const { t } = useTranslation("exports");
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [problem, setProblem] = useState<ProblemError>();
  const [found, setFound] = useState<Found>();
  const look = async (file: File) => {
    setBusy(true);
    setWrong(undefined);
    setProblem(undefined);
    setFound(undefined);
    try {
      if (file.size > MOST_BYTES) {
        setWrong(t("trace.big"));
        return;
      }
      let marks: Marks;
      try {
        marks = await read(file);
      } catch {
        setWrong(t("trace.unread"));
        return;
      }
      const answer = await data(api.POST("/api/v1/audit/exports/trace", { body: marks }));
      setFound({ file: file.name, marks, items: answer.items });
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="panel export-trace">
      <p>{t("trace.text")}</p>
      <p className="muted">{t("trace.kept")}</p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        aria-label={t("trace.choose")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void look(file);
        }}
      />
      <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
        {t("trace.choose")}
      </Button>
      <div role="status" className="export-acts">
        {busy && <Spin />}
        {wrong && <Alert type="error" showIcon title={wrong} />}
        {problem && <ProblemAlert problem={problem} />}
        {found && (
          <p>
            {t("trace.found", {
              file: found.file,
              ids: found.marks.ids.length,
              named: found.marks.named.length,
            })}
          </p>
        )}
        {found && found.items.length === 0 && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("trace.nothing")} />
        )}
      </div>
      {found?.items.map((item) => (
        <section key={item.export.id}>
          <p>
            {item.named && <Tag color="processing">{t("trace.named")}</Tag>}
            {item.letters > 0 && <Tag>{t("trace.agree", { agree: item.agree, letters: item.letters })}</Tag>}
          </p>
          <ExportDetail row={item.export} own={false} />
        </section>
      ))}
    </div>
  );
}
