// Other systems' access logs: the sources, their files, what could not be read, and trying a file before it is taken in.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Skeleton, Space, Table, Tag } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { FeedFile, FeedItem, FeedSource, FeedTrialAnswer } from "@/api/types";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { PlusIcon } from "@/shared/icons";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { sideways } from "@/shared/sideways";
import { beginningOf, FEEDS, useFeeds } from "./feeds";
import { RejectedDrawer } from "./RejectedDrawer";
import { SourceDialog } from "./SourceDialog";
import { TrialDrawer } from "./TrialDrawer";
import "./feeds.css";

export function FeedsPage() {
  const { t } = useTranslation("feeds");
  const list = useFeeds();
  const [editing, setEditing] = useState<FeedSource | "new">();
  const [rejected, setRejected] = useState<FeedFile>();
  if (list.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (list.isError) return <ProblemPage problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  const { items } = list.data;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <div className="grow" />
        <Button type="primary" icon={<PlusIcon />} onClick={() => setEditing("new")}>
          {t("add")}
        </Button>
      </div>
      <p className="muted feeds-note">{t("text")}</p>
      {items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("emptyText")} />}
      {items.map((item) => (
        <Source key={item.source.name} item={item} onEdit={() => setEditing(item.source)} onRejected={setRejected} />
      ))}
      {editing && (
        <SourceDialog source={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {rejected && <RejectedDrawer file={rejected} onClose={() => setRejected(undefined)} />}
    </div>
  );
}

type SourceProps = { item: FeedItem; onEdit: () => void; onRejected: (file: FeedFile) => void };

function Source({ item, onEdit, onRejected }: SourceProps) {
  const { t } = useTranslation(["feeds", "common"]);
  const label = useLabel();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState<{ file: string; answer: FeedTrialAnswer }>();
  const { source, counts } = item;
  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const load = (file: File) =>
    doing(async () => {
      const begun = await data(
        api.POST("/api/v1/admin/feeds/loads", {
          params: { query: { source: source.name, file: file.name } },
          headers: { "Content-Type": "application/octet-stream" },
          body: file as unknown as never,
          bodySerializer: (body) => body as unknown as Blob,
        }),
      );
      void message.info(begun.state === "done" ? t("again") : t("loading", { file: file.name }));
      await queries.invalidateQueries({ queryKey: FEEDS });
    });
  const trial = (file: File) =>
    doing(async () => {
      const body = { source, ...(await beginningOf(file)) };
      setTried({ file: file.name, answer: await data(api.POST("/api/v1/admin/feeds/try", { body })) });
    });
  const remove = () =>
    modal.confirm({
      title: t("removeTitle", { name: label(source.label) }),
      content: t("removeText"),
      okText: t("remove"),
      okButtonProps: { danger: true },
      onOk: () =>
        doing(async () => {
          await api.DELETE("/api/v1/admin/feeds", { params: { query: { source: source.name } } });
          void message.success(t("removed"));
          await queries.invalidateQueries({ queryKey: FEEDS });
        }),
    });
  return (
    <section className="panel feed-source" aria-label={label(source.label)}>
      <div className="feed-head">
        <h2>
          {label(source.label)} <Tag>{source.name}</Tag>
        </h2>
        <Space wrap>
          <FileButton label={t("try")} busy={busy} onFile={(file) => void trial(file)} />
          <FileButton label={t("load")} busy={busy} primary onFile={(file) => void load(file)} />
          <Button onClick={onEdit}>{t("change")}</Button>
          <Button danger onClick={remove}>
            {t("remove")}
          </Button>
        </Space>
      </div>
      <p className="muted">
        {t(`formats.${source.format}`)} · {source.zone} · {t("counts", counts)} · {t("judged", { judged: item.judged })}
      </p>
      <p className="muted">{t("loadHelp")}</p>
      {item.late > 0 && <p className="feed-late">{t("late", { late: item.late })}</p>}
      {problem && <ProblemAlert problem={problem} />}
      <Table<FeedFile>
        rowKey="id"
        size="small"
        dataSource={item.loads}
        pagination={false}
        {...sideways(item.loads)}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noFiles")} /> }}
        columns={[
          { title: t("file"), dataIndex: "file" },
          {
            title: t("stateTitle"),
            render: (_, f) => (
              <Tag color={f.state === "failed" ? "error" : f.state === "done" ? "success" : "processing"}>
                {t(`state.${f.state as "running" | "done" | "failed"}`)}
              </Tag>
            ),
          },
          { title: t("lines"), align: "right", render: (_, f) => f.counts.lines },
          { title: t("taken"), align: "right", render: (_, f) => f.counts.taken },
          { title: t("known"), align: "right", render: (_, f) => f.counts.known },
          { title: t("skipped"), align: "right", render: (_, f) => f.counts.skipped },
          {
            title: t("rejected"),
            align: "right",
            render: (_, f) =>
              f.counts.rejected > 0 ? (
                <Button
                  type="link"
                  size="small"
                  aria-label={t("showRejected", { file: f.file, count: f.counts.rejected })}
                  onClick={() => onRejected(f)}
                >
                  {f.counts.rejected}
                </Button>
              ) : (
                0
              ),
          },
          {
            title: t("span"),
            render: (_, f) =>
              f.first_at !== null && f.last_at !== null ? `${formatTime(f.first_at)} – ${formatTime(f.last_at)}` : "—",
          },
          { title: t("by"), dataIndex: "by_name" },
          { title: t("at"), render: (_, f) => formatTime(f.moved_at) },
        ]}
      />
      {tried && <TrialDrawer file={tried.file} answer={tried.answer} onClose={() => setTried(undefined)} />}
    </section>
  );
}

type FileButtonProps = { label: string; busy: boolean; primary?: boolean; onFile: (file: File) => void };

function FileButton({ label, busy, primary = false, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button type={primary ? "primary" : "default"} loading={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.json,.jsonl,.ndjson,.log,.gz,.txt"
        onChange={(e) => {
          const file = e.target.files?.[0];
          e.target.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
