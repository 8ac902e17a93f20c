// Decoys: which there are, where they are now; planting and lifting.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Form, Input, InputNumber, Skeleton, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { CanaryItem } from "@/api/types";
import { FormDialog } from "@/shared/FormDialog";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { formatTime } from "@/shared/format";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { sideways } from "@/shared/sideways";
import { ReasonDialog } from "./ReasonDialog";
import { CANARIES, useCanaries } from "./responses";

type Fields = { count: number; owner?: string | null; label: string };

export function CanariesTab() {
  const { t } = useTranslation("responses");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const list = useCanaries();
  const [planting, setPlanting] = useState(false);
  const [lifting, setLifting] = useState<CanaryItem>();
  if (list.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (list.isError) return <ProblemPage problem={asProblem(list.error)} onRetry={() => void list.refetch()} />;
  const refresh = () => queries.invalidateQueries({ queryKey: CANARIES });
  const plant = async (f: Fields) => {
    const body = { count: f.count, label: f.label, ...(f.owner ? { owner: f.owner } : {}) };
    const planted = await data(api.POST("/api/v1/admin/canaries", { body }));
    setPlanting(false);
    void message.success(t("canaries.planted", { count: planted.items.length }));
    await refresh();
  };
  const lift = async (canary: CanaryItem, reason: string) => {
    await api.POST("/api/v1/admin/canaries/{id}/lift", { params: { path: { id: canary.id } }, body: { reason } });
    setLifting(undefined);
    void message.success(t("canaries.liftDone"));
    await refresh();
  };
  const where = (c: CanaryItem) => {
    if (!c.there) return <span className="muted">{t("canaries.gone")}</span>;
    return c.owner_name ?? t("canaries.pool");
  };
  return (
    <>
      <p className="muted responses-note">{t("canaries.text")}</p>
      <div className="responses-act">
        <Button type="primary" icon={<PlusIcon />} onClick={() => setPlanting(true)}>
          {t("canaries.plant")}
        </Button>
      </div>
      <Table<CanaryItem>
        className="panel"
        rowKey="id"
        dataSource={list.data.items}
        pagination={list.data.items.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        {...sideways(list.data.items)}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("canaries.empty")} /> }}
        columns={[
          { title: t("canaries.name"), dataIndex: "name" },
          { title: t("canaries.label"), dataIndex: "label" },
          { title: t("canaries.where"), render: (_, c) => where(c) },
          { title: t("by"), dataIndex: "by_name" },
          { title: t("canaries.at"), render: (_, c) => formatTime(c.at) },
          {
            title: <span className="visually-hidden">{t("canaries.lift")}</span>,
            render: (_, c) =>
              c.lifted_at === null ? (
                <Button size="small" onClick={() => setLifting(c)}>
                  {t("canaries.lift")}
                </Button>
              ) : (
                <Tag title={formatTime(c.lifted_at)}>{t("canaries.lifted")}</Tag>
              ),
          },
        ]}
      />
      {planting && (
        <FormDialog<Fields>
          title={t("canaries.plantTitle")}
          submit={t("canaries.plant")}
          initial={{ count: 3 }}
          onSubmit={plant}
          onClose={() => setPlanting(false)}
        >
          <p className="muted">{t("canaries.plantText")}</p>
          <Form.Item name="count" label={t("canaries.count")} rules={[{ required: true, message: t("need") }]}>
            <InputNumber min={1} max={20} precision={0} />
          </Form.Item>
          <Form.Item name="owner" label={t("canaries.owner")} extra={t("canaries.ownerHelp")}>
            <UserPicker />
          </Form.Item>
          <Form.Item
            name="label"
            label={t("canaries.label")}
            extra={t("canaries.labelHelp")}
            rules={[{ required: true, whitespace: true, message: t("need") }]}
          >
            <Input maxLength={80} />
          </Form.Item>
        </FormDialog>
      )}
      {lifting && (
        <ReasonDialog
          title={t("canaries.liftTitle", { name: lifting.name })}
          text={t("canaries.liftText")}
          onSubmit={(reason) => lift(lifting, reason)}
          onClose={() => setLifting(undefined)}
        />
      )}
    </>
  );
}
