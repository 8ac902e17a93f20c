// Which view the list shows: switch, save, save as a new one, share, choose what opens first, delete.

import { useQueryClient } from "@tanstack/react-query";
import type { MenuProps } from "antd";
import { App, Button, Dropdown, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ListLook, ListView, ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { DownIcon } from "@/shared/icons";
import type { ListSearch } from "../list/search";
import { isSameLook, questionOf } from "./look";
import { type Views, viewsKey } from "./useViews";
import { ViewDialog, type ViewFields } from "./ViewDialog";

/** A list as it is by itself. */
const PLAIN: ListLook = {
  scope: "all",
  filter: null,
  sort: [],
  columns: null,
  pinned: [],
  widths: {},
  board: null,
  calendar: null,
  density: "normal",
};

async function create(object: string, fields: ViewFields, look: ListLook): Promise<string> {
  const made = await data(
    api.POST("/api/v1/records/{object}/views", { params: { path: { object } }, body: { ...fields, look } }),
  );
  return made.id;
}

type Props = {
  object: ObjectForm;
  views: Views;
  /** What stands before the person. */
  look: ListLook;
  open: (change: Partial<ListSearch>) => void;
};

export function ViewMenu({ object, views, look, open }: Props) {
  const { t } = useTranslation(["views", "common"]);
  const label = useLabel();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<"new" | "edit">();
  const { all, active } = views;
  const changed = active !== undefined && !isSameLook(active.look, look);
  const own = all?.views.filter((v) => v.own) ?? [];
  const shared = all?.views.filter((v) => !v.own) ?? [];
  const path = { object: object.name };
  const reload = () => queries.invalidateQueries({ queryKey: viewsKey(object.name) });
  const told = async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      void message.success(done);
    } catch (error) {
      void message.error(label(asProblem(error).help));
    }
    await reload();
  };
  const show = (view: ListView) => open({ view: view.id, ...questionOf(view.look) });
  const put = (view: ListView, fields: ViewFields, saved: ListLook) =>
    api.PUT("/api/v1/records/{object}/views/{id}", {
      params: { path: { ...path, id: view.id } },
      body: { ...fields, look: saved },
    });
  const save = (view: ListView) =>
    told(() => put(view, { name: view.name, shared: view.shared, preset: view.preset }, look), t("saved"));
  const prefer = (view: string | null) =>
    told(() => api.PUT("/api/v1/records/{object}/views/default", { params: { path }, body: { view } }), t("preferred"));
  const remove = (view: ListView) =>
    modal.confirm({
      title: t("confirmDelete", { name: view.name }),
      content: view.shared.length > 0 ? t("confirmDeleteShared") : undefined,
      okText: t("delete"),
      okButtonProps: { danger: true },
      onOk: async () => {
        await told(
          () => api.DELETE("/api/v1/records/{object}/views/{id}", { params: { path: { ...path, id: view.id } } }),
          t("deleted"),
        );
        open({ view: undefined });
      },
    });
  const entry = (view: ListView) => ({
    key: view.id,
    label: (
      <span className="view-entry">
        <span>{view.name}</span>
        {!view.own && <span className="muted">{t("by", { name: view.owner_name })}</span>}
        {all?.opens === view.id && <Tag>{t("opensFirst")}</Tag>}
      </span>
    ),
    onClick: () => show(view),
  });
  const preferred = (active?.id ?? null) === (all?.opens ?? null);
  const items: MenuProps["items"] = [
    {
      key: "plain",
      label: t("plain"),
      onClick: () => open({ view: undefined, ...questionOf(PLAIN) }),
    },
    ...(own.length > 0 ? [{ key: "own", type: "group" as const, label: t("own"), children: own.map(entry) }] : []),
    ...(shared.length > 0
      ? [{ key: "shared", type: "group" as const, label: t("sharedWithMe"), children: shared.map(entry) }]
      : []),
    { type: "divider" },
    ...(active?.own && changed ? [{ key: "save", label: t("save"), onClick: () => void save(active) }] : []),
    { key: "new", label: t("saveAs"), onClick: () => setDialog("new") },
    ...(active && changed ? [{ key: "reset", label: t("reset"), onClick: () => show(active) }] : []),
    ...(active?.own
      ? [
          {
            key: "edit",
            label: all?.share_with.length ? t("editShare") : t("rename"),
            onClick: () => setDialog("edit"),
          },
        ]
      : []),
    ...(preferred
      ? []
      : [
          {
            key: "prefer",
            label: active ? t("prefer") : t("preferPlain"),
            onClick: () => void prefer(active?.id ?? null),
          },
        ]),
    ...(active?.own ? [{ key: "delete", danger: true, label: t("delete"), onClick: () => remove(active) }] : []),
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items, selectedKeys: [active?.id ?? "plain"], className: "view-menu" }}>
        <Button className="view-button" aria-haspopup="menu" aria-label={`${t("view")}：${active?.name ?? t("plain")}`}>
          <span className="view-name">{active?.name ?? t("plain")}</span>
          {changed && (
            <span className="view-changed" title={t("changed")}>
              {t("changedMark")}
            </span>
          )}
          <DownIcon />
        </Button>
      </Dropdown>
      {changed && active.own && (
        <Button type="link" size="small" onClick={() => void save(active)}>
          {t("save")}
        </Button>
      )}
      {dialog && (
        <ViewDialog
          title={dialog === "new" ? t("saveAs") : t("edit")}
          shareWith={all?.share_with ?? []}
          initial={dialog === "edit" && active ? active : undefined}
          onClose={() => setDialog(undefined)}
          onSubmit={async (fields) => {
            if (dialog === "edit" && active) {
              await put(active, fields, active.look);
              await reload();
            } else {
              const id = await create(object.name, fields, look);
              await reload();
              open({ view: id, cols: undefined, pin: undefined, rows: undefined });
            }
            setDialog(undefined);
            void message.success(t("saved"));
          }}
        />
      )}
    </>
  );
}
