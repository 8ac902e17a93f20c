// The person's imports of the last days, and where another begins.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Dropdown, Empty, Grid, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { PastImport } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { UndoIcon, UploadIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { useUndo } from "./useUndo";
import "./imports.css";

export const isUndoable = (past: PastImport, now: number): boolean =>
  past.undo_until > now && past.created > past.removed;

export function ImportsPage() {
  const { t } = useTranslation(["imports", "common"]);
  const label = useLabel();
  const { workspace } = useMe();
  const navigate = useNavigate();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const { undo, dialog } = useUndo();
  const imports = useQuery({ queryKey: ["imports"], queryFn: () => data(api.GET("/api/v1/me/imports")) });
  const objects = workspace.objects.filter((o) => o.actions.includes("import"));
  const name = (object: string) => {
    const found = workspace.objects.find((o) => o.name === object);
    return found ? label(found.label) : object;
  };
  const begin =
    objects.length > 0 ? (
      <Dropdown
        trigger={["click"]}
        menu={{
          items: objects.map((o) => ({
            key: o.name,
            label: t("start", { object: label(o.label) }),
            onClick: () => void navigate({ to: "/imports/$object", params: { object: o.name } }),
          })),
        }}
      >
        <Button type="primary" icon={<UploadIcon />}>
          {t("act")}
        </Button>
      </Dropdown>
    ) : null;
  const act = (past: PastImport) =>
    isUndoable(past, Date.now()) ? (
      <Button size="small" icon={<UndoIcon />} onClick={() => undo(past.object, past.job, past.created - past.removed)}>
        {t("undo.act")}
      </Button>
    ) : past.created > past.removed ? (
      <span className="muted">{t("list.over")}</span>
    ) : null;
  const number = (key: keyof PastImport, title: string): Column<PastImport> => ({
    key,
    title,
    width: 90,
    align: "end",
    render: (past) => String(past[key]),
  });
  const columns: Column<PastImport>[] = [
    { key: "at", title: t("list.at"), width: 160, render: (past) => formatTime(past.began_at) },
    { key: "object", title: t("list.object"), width: 110, render: (past) => name(past.object) },
    { key: "source", title: t("list.source"), width: 160, render: (past) => past.source },
    number("rows", t("list.rows")),
    number("created", t("run.created")),
    number("changed", t("run.changed")),
    number("unchanged", t("run.unchanged")),
    number("removed", t("list.removed")),
    { key: "until", title: t("list.undoUntil"), width: 160, render: (past) => formatTime(past.undo_until) },
    { key: "act", title: "", width: 160, render: act },
  ];
  if (imports.isPending)
    return (
      <div className="page" role="status" aria-label={t("past")}>
        <Skeleton active />
      </div>
    );
  if (imports.isError) return <ProblemPage problem={asProblem(imports.error)} onRetry={() => void imports.refetch()} />;
  return (
    <div className="page page-fixed">
      <div className="page-head">
        <h1>{t("past")}</h1>
        <span className="muted">{t("pastHelp")}</span>
        <div className="grow" />
        {begin}
      </div>
      <DataTable
        label={t("past")}
        rows={imports.data.items}
        rowKey={(past) => past.job}
        columns={columns}
        narrow={narrow}
        density="normal"
        card={(past) => (
          <div className="card">
            <div className="card-title">
              {name(past.object)} · {past.source}
            </div>
            <div className="muted">
              {formatTime(past.began_at)} · {t("run.created")} {past.created} · {t("run.changed")} {past.changed}
            </div>
            {act(past)}
          </div>
        )}
        loading={false}
        hasMore={false}
        loadingMore={false}
        onLoadMore={() => undefined}
        empty={
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")}>
            <p className="muted">{t("noneHelp")}</p>
            {begin}
          </Empty>
        }
      />
      {dialog}
    </div>
  );
}
