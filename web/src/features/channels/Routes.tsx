// Which alerts go to which channels, and when.

import { Button, Checkbox, Empty, Form, InputNumber, Popconfirm, Select, Space, Table, TreeSelect } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelsAnswer } from "@/api/types";
import { useMe } from "@/app/session";
import { useTree } from "@/features/people/tree";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { FAMILIES, HOURS, type Route, SEVERITIES } from "./channels";

type Fields = {
  severity: Route["severity"];
  families: Route["families"];
  department?: string;
  hours: Route["hours"];
  digest: boolean;
  hour: number;
  to: string[];
};

type Props = {
  set: ChannelsAnswer;
  /** Throws what stood against it. */
  onSave: (routes: Route[]) => Promise<void>;
};

export function Routes({ set, onSave }: Props) {
  const { t } = useTranslation("channels");
  const label = useLabel();
  const { departments } = useMe().workspace;
  const [editing, setEditing] = useState<number>();
  const { channels, routes } = set;
  const nameOf = (name: string) => {
    const channel = channels.find((c) => c.name === name);
    return channel ? label(channel.label) : name;
  };
  const numbered = routes.map((route, n) => ({ ...route, n }));
  const route = editing === undefined ? undefined : routes[editing];
  const add = (
    <Button disabled={channels.length === 0} onClick={() => setEditing(routes.length)}>
      {t("addRoute")}
    </Button>
  );
  return (
    <section className="channels-part" aria-label={t("routes")}>
      <div className="page-head">
        <h2>{t("routes")}</h2>
        <div className="grow" />
        {routes.length > 0 && add}
      </div>
      <p className="muted channels-note">{t("routesText")}</p>
      {routes.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noRoutes")}>
          {add}
        </Empty>
      ) : (
        <Table<Route & { n: number }>
          className="panel"
          rowKey="n"
          size="small"
          dataSource={numbered}
          pagination={false}
          scroll={{ x: "max-content" }}
          columns={[
            {
              title: t("severity"),
              render: (_, r) => (
                <Button
                  type="link"
                  className="channels-open"
                  aria-label={`${t("routeOf", { n: r.n + 1 })}: ${t("atLeast", { level: t(`severities.${r.severity}`) })}`}
                  onClick={() => setEditing(r.n)}
                >
                  {t("atLeast", { level: t(`severities.${r.severity}`) })}
                </Button>
              ),
            },
            {
              title: t("families"),
              render: (_, r) => {
                const families = r.families ?? [];
                return families.length === 0 ? t("anyFamily") : families.map((f) => t(`family.${f}`)).join(", ");
              },
            },
            {
              title: t("department"),
              render: (_, r) => departments.find((d) => d.id === r.department)?.name ?? t("anybody"),
            },
            { title: t("hours"), render: (_, r) => t(`hoursOf.${r.hours}`) },
            {
              title: t("when"),
              render: (_, r) => (r.daily === null ? t("atOnce") : t("daily", { hour: r.daily })),
            },
            { title: t("to"), render: (_, r) => r.to.map(nameOf).join(", ") },
            {
              title: "",
              render: (_, r) => (
                <Popconfirm
                  title={t("removeRoute")}
                  okText={t("remove")}
                  onConfirm={() => onSave(routes.filter((_r, n) => n !== r.n)).catch(() => {})}
                >
                  <Button size="small" danger aria-label={`${t("remove")}: ${t("routeOf", { n: r.n + 1 })}`}>
                    {t("remove")}
                  </Button>
                </Popconfirm>
              ),
            },
          ]}
        />
      )}
      {editing !== undefined && (
        <RouteDialog
          route={route}
          set={set}
          onClose={() => setEditing(undefined)}
          onSubmit={async (next) => {
            await onSave(route ? routes.map((r, n) => (n === editing ? next : r)) : [...routes, next]);
            setEditing(undefined);
          }}
        />
      )}
    </section>
  );
}

type DialogProps = {
  route: Route | undefined;
  set: ChannelsAnswer;
  onSubmit: (route: Route) => Promise<void>;
  onClose: () => void;
};

function RouteDialog({ route, set, onSubmit, onClose }: DialogProps) {
  const { t } = useTranslation("channels");
  const label = useLabel();
  const tree = useTree();
  const [form] = Form.useForm<Fields>();
  const digest = Form.useWatch("digest", form) ?? (route ? route.daily !== null : false);
  return (
    <FormDialog<Fields>
      title={route ? t("editRoute") : t("addRoute")}
      submit={t("save")}
      form={form}
      initial={{
        severity: route?.severity ?? "medium",
        families: route?.families ?? [],
        department: route?.department ?? undefined,
        hours: route?.hours ?? "always",
        digest: route ? route.daily !== null : false,
        hour: route?.daily ?? 9,
        to: route?.to ?? (set.channels.length === 1 ? set.channels.map((c) => c.name) : []),
      }}
      onSubmit={(f) =>
        onSubmit({
          severity: f.severity,
          families: f.families,
          department: f.department ?? null,
          hours: f.hours,
          daily: f.digest ? f.hour : null,
          to: f.to,
        })
      }
      onClose={onClose}
    >
      <Form.Item name="severity" label={t("severity")}>
        <Select
          options={SEVERITIES.map((value) => ({ value, label: t("atLeast", { level: t(`severities.${value}`) }) }))}
        />
      </Form.Item>
      <Form.Item name="families" label={t("families")}>
        <Select
          mode="multiple"
          placeholder={t("anyFamily")}
          options={FAMILIES.map((value) => ({ value, label: t(`family.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="department" label={t("department")}>
        <TreeSelect allowClear treeDefaultExpandAll placeholder={t("anybody")} treeData={tree} />
      </Form.Item>
      <Form.Item name="hours" label={t("hours")} extra={t("hoursHelp")}>
        <Select options={HOURS.map((value) => ({ value, label: t(`hoursOf.${value}`) }))} />
      </Form.Item>
      <Space align="start" wrap>
        <Form.Item name="digest" label={t("when")} valuePropName="checked">
          <Checkbox>{t("digest")}</Checkbox>
        </Form.Item>
        {digest && (
          <Form.Item name="hour" label={t("hour")} rules={[{ required: true, message: t("need") }]}>
            <InputNumber<number> min={0} max={23} precision={0} />
          </Form.Item>
        )}
      </Space>
      <Form.Item name="to" label={t("to")} rules={[{ required: true, type: "array", min: 1, message: t("need") }]}>
        <Select mode="multiple" options={set.channels.map((c) => ({ value: c.name, label: label(c.label) }))} />
      </Form.Item>
    </FormDialog>
  );
}
