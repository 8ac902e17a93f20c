// Who takes part in a record, and until when; give a share, end one.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Empty, Form, Radio, Select, Skeleton, Switch, Tag } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm, RecordView, ShareView } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { useColleagues, useDepartmentName } from "@/shared/fields/people";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";

const LONGEST_DAYS = 366;

function useGranteeName(): (share: ShareView) => string {
  const { t } = useTranslation("records");
  const label = useLabel();
  const { name } = useColleagues();
  const department = useDepartmentName();
  const { workspace } = useMe();
  return (share) => {
    if (share.grantee_kind === "user") return name(share.grantee) ?? t("formerColleague");
    if (share.grantee_kind === "department") return department(share.grantee) ?? share.grantee;
    const role = workspace.roles.find((r) => r.name === share.grantee);
    return role ? label(role.label) : share.grantee;
  };
}

export function SharesTab({ object, record }: { object: ObjectForm; record: RecordView }) {
  const { t } = useTranslation("records");
  const { name } = useColleagues();
  const granteeName = useGranteeName();
  const { message, modal } = App.useApp();
  const label = useLabel();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const path = { object: object.name, id: record.id };
  const key = ["shares", object.name, record.id];
  const shares = useQuery({
    queryKey: key,
    queryFn: () => data(api.GET("/api/v1/records/{object}/{id}/shares", { params: { path } })),
  });
  const may = object.actions.includes("share");

  const end = (share: ShareView) =>
    modal.confirm({
      title: `${t("shareDialog.end")}：${granteeName(share)}`,
      onOk: async () => {
        try {
          await api.DELETE("/api/v1/records/{object}/{id}/shares/{share}", {
            params: { path: { ...path, share: share.id } },
          });
          void message.success(t("shareDialog.ended"));
        } catch (error) {
          void message.error(label(asProblem(error).help));
        }
        await queries.invalidateQueries({ queryKey: key });
      },
    });
  if (shares.isPending) return <Skeleton active />;
  if (shares.isError) return <ProblemPage problem={asProblem(shares.error)} onRetry={() => void shares.refetch()} />;
  return (
    <div className="shares">
      {may && (
        <Button onClick={() => setAdding(true)} type="primary">
          {t("shareDialog.submit")}
        </Button>
      )}
      {shares.data.items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("shareDialog.empty")} />
      ) : (
        <ul className="plain-list">
          {shares.data.items.map((share) => (
            <li key={share.id}>
              <div>
                <strong>{granteeName(share)}</strong> <Tag>{t(`shareDialog.kinds.${share.kind}`)}</Tag>
                <Tag>{share.edit ? t("shareDialog.write") : t("shareDialog.read")}</Tag>
                <div className="muted">
                  {t("shareDialog.until")} {share.until ? formatTime(share.until) : t("shareDialog.noEnd")} ·{" "}
                  {t("shareDialog.by", { name: name(share.granted_by) ?? t("formerColleague") })}
                </div>
              </div>
              {may && (
                <Button size="small" onClick={() => end(share)}>
                  {t("shareDialog.end")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <ShareDialog
          path={path}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            void message.success(t("shareDialog.done"));
            void queries.invalidateQueries({ queryKey: key });
          }}
        />
      )}
    </div>
  );
}

type Fields = {
  kind: "share" | "collaborator" | "viewer";
  toKind: "user" | "department" | "role";
  to: string;
  edit: boolean;
  until?: Dayjs;
};

function ShareDialog({
  path,
  onClose,
  onDone,
}: {
  path: { object: string; id: string };
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const { workspace } = useMe();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form) ?? "share";
  const toKind = Form.useWatch("toKind", form) ?? "user";
  const submit = async (fields: Fields) => {
    await api.POST("/api/v1/records/{object}/{id}/shares", {
      params: { path },
      body: {
        kind: fields.kind,
        to: { [fields.toKind]: fields.to },
        ...(fields.kind === "share" ? { edit: fields.edit } : { edit: fields.kind === "collaborator" }),
        ...(fields.until ? { until: fields.until.endOf("day").valueOf() } : {}),
      },
    });
    onDone();
  };
  const options =
    toKind === "department"
      ? workspace.departments.map((d) => ({ value: d.id, label: d.name }))
      : workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }));
  return (
    <FormDialog
      title={t("shareDialog.title")}
      submit={t("shareDialog.submit")}
      form={form}
      initial={{ kind: "share", toKind: "user", edit: false, until: dayjs().add(7, "day") }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t("shareDialog.kind")}>
        <Radio.Group
          options={(["share", "viewer", "collaborator"] as const).map((value) => ({
            value,
            label: t(`shareDialog.kinds.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="toKind" label={t("shareDialog.toKind")}>
        <Radio.Group
          onChange={() => form.resetFields(["to"])}
          options={(["user", "department", "role"] as const).map((value) => ({
            value,
            label: t(`shareDialog.toKinds.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="to"
        label={t(`shareDialog.toKinds.${toKind}`)}
        rules={[{ required: true, message: t("shareDialog.needTo") }]}
      >
        {toKind === "user" ? <UserPicker /> : <Select showSearch={{ optionFilterProp: "label" }} options={options} />}
      </Form.Item>
      {kind === "share" && (
        <>
          <Form.Item
            name="until"
            label={t("shareDialog.until")}
            rules={[{ required: true, message: t("shareDialog.needUntil") }]}
          >
            <DatePicker
              disabledDate={(d) => d.isBefore(dayjs(), "day") || d.isAfter(dayjs().add(LONGEST_DAYS - 1, "day"), "day")}
              style={{ width: "100%" }}
            />
          </Form.Item>
          <Form.Item name="edit" label={t("shareDialog.edit")} valuePropName="checked">
            <Switch />
          </Form.Item>
        </>
      )}
    </FormDialog>
  );
}
