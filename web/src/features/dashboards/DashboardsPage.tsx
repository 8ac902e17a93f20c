// The boards a person has or is shown, and what to begin one with.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App, Button, Empty, Form, Input, Result, Select, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { FormDialog } from "@/shared/FormDialog";
import { Person } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { canAsk, writeBoard } from "./board";
import { PRESETS, type Preset, presetCards } from "./presets";
import "./dashboards.css";

/** The object type whose records are boards. */
export const useBoardObject = (): ObjectForm | undefined => {
  const { workspace } = useMe();
  return workspace.objects.find((o) => o.process.dashboard !== undefined);
};

export function DashboardsPage() {
  const { t } = useTranslation(["dashboards", "records"]);
  const { me } = useMe();
  const object = useBoardObject();
  const [making, setMaking] = useState(false);
  const list = useQuery({
    queryKey: ["list", object?.name, "boards"],
    enabled: object !== undefined,
    queryFn: () =>
      data(
        api.GET("/api/v1/records/{object}", {
          params: {
            path: { object: object?.name ?? "" },
            query: { limit: 200, sort: "-updated_at", ...(object?.title_field ? { fields: object.title_field } : {}) },
          },
        }),
      ),
  });
  if (object === undefined) return <Result status="warning" title={t("none")} />;
  const make = object.actions.includes("create") && (
    <Button type="primary" icon={<PlusIcon />} onClick={() => setMaking(true)}>
      {t("make")}
    </Button>
  );
  const rows = (list.data?.items ?? []) as RecordView[];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <div className="grow" />
        {rows.length > 0 && make}
      </div>
      <p className="muted">{t("text")}</p>
      {list.isPending ? (
        <Skeleton active />
      ) : list.isError ? (
        <ProblemPage problem={asProblem(list.error)} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noBoards")}>
          {make}
        </Empty>
      ) : (
        <ul className="board-list">
          {rows.map((row) => {
            const title = object.title_field ? row.fields[object.title_field] : undefined;
            return (
              <li key={row.id} className="panel">
                <h2>
                  <Link to="/dashboards/$id" params={{ id: row.id }}>
                    {typeof title === "string" && title !== "" ? title : t("records:untitled")}
                  </Link>
                </h2>
                <span className="muted">
                  {row.owner === me.user.id ? (
                    <>
                      <Tag>{t("mine")}</Tag>{" "}
                    </>
                  ) : (
                    <>
                      <Tag color="blue">{t("shared")}</Tag> <Person id={row.owner} />{" "}
                    </>
                  )}
                  {formatTime(row.updated_at)}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {making && <Make object={object} onClose={() => setMaking(false)} />}
    </div>
  );
}

type Fields = { name: string; preset: Preset | "empty" };

function Make({ object, onClose }: { object: ObjectForm; onClose: () => void }) {
  const { t } = useTranslation("dashboards");
  const { workspace } = useMe();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const cards = (preset: Preset) =>
    presetCards(preset, (key) => t(`preset.card.${key}`)).filter((card) =>
      canAsk(
        card,
        workspace.objects.find((o) => o.name === card.object),
      ),
    );
  const offered = PRESETS.filter((preset) => cards(preset).length > 0);
  const submit = async ({ name, preset }: Fields) => {
    const field = object.process.dashboard?.cards ?? "";
    const board = { cards: preset === "empty" ? [] : cards(preset) };
    const made = await data(
      api.POST("/api/v1/records/{object}", {
        params: { path: { object: object.name }, header: { "Idempotency-Key": crypto.randomUUID() } },
        body: { fields: { [object.title_field ?? "name"]: name, [field]: writeBoard(board) } },
      }),
    );
    void message.success(t("made"));
    await queries.invalidateQueries({ queryKey: ["list", object.name] });
    await navigate({
      to: "/dashboards/$id",
      params: { id: made.id },
      search: preset === "empty" ? { edit: true } : {},
    });
  };
  return (
    <FormDialog<Fields>
      title={t("make")}
      submit={t("makeIt")}
      initial={{ name: "", preset: offered[0] ?? "empty" }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("name")} rules={[{ required: true, whitespace: true, message: t("needName") }]}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="preset" label={t("begin")}>
        <Select
          options={[
            ...offered.map((value) => ({ value: value as Fields["preset"], label: t(`preset.${value}`) })),
            { value: "empty" as const, label: t("preset.empty") },
          ]}
        />
      </Form.Item>
    </FormDialog>
  );
}
