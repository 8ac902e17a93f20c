// On a record that is approved: where it stands, who decides, what may be done about it.

import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal, Popconfirm, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm, RecordView, RequestItem } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { ProblemAlert } from "@/shared/ProblemView";
import { guards, isNeeded, standing, useApproval } from "./approval";
import { DecideDialog } from "./DecideDialog";
import { RequestCard } from "./RequestCard";
import { refreshRequests } from "./requests";
import "./requests.css";

type Props = { object: ObjectForm; record: RecordView; mayEdit: boolean; onChanged: () => Promise<void> };

const TYPES = { draft: "info", waiting: "warning", approved: "success", refused: "error" } as const;

export function ApprovalBanner({ object, record, mayEdit, onChanged }: Props) {
  const { t } = useTranslation("requests");
  const label = useLabel();
  const { me } = useMe();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState<"submit" | "history">();
  const [deciding, setDeciding] = useState<{ request: RequestItem; consent: boolean }>();
  const { approval } = object.process;
  const at = standing(object, record);
  // Never submitted: there is nothing to ask for.
  const told = approval !== undefined && typeof record.fields[approval.status] === "string";
  const query = useApproval(object.name, record.id, told);
  if (approval === undefined) return null;
  const stands = query.data?.standing === "draft" ? "draft" : at;
  const needed = query.data?.needed ?? isNeeded(object, record);
  if (stands === "draft" && needed === false && !told) return null;

  const request = query.data?.requests[0];
  const names = object.fields.filter((f) => guards(object, f.name)).map((f) => label(f.label));
  const guarded = (approval.guards ?? []).length > 0 ? names.join("、") : t("approval.everything");
  const before = object.fields.find((f) => f.name === approval.before?.field);
  const goals = (before?.type.options ?? [])
    .filter((o) => approval.before?.values.includes(o.value))
    .map((o) => label(o.label));
  const refresh = async () => {
    await Promise.all([refreshRequests(queries), onChanged()]);
  };
  const withdraw = async (id: string) => {
    try {
      await api.POST("/api/v1/requests/{id}/withdraw", { params: { path: { id } } });
      void message.success(t("withdrawn"));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
    await refresh();
  };
  const last = request?.decisions.at(-1);
  const waitsFor = (query.data?.waits_for ?? []).map((p) => p.name).join("、");
  const text = {
    draft:
      needed === false
        ? ""
        : goals.length > 0
          ? t("approval.before", { field: before ? label(before.label) : "", goals: goals.join("、") })
          : t("approval.draftText"),
    waiting: `${waitsFor ? t("approval.waitsFor", { who: waitsFor }) : ""}${t("approval.locked", { fields: guarded })}`,
    approved: t("approval.approvedText", { fields: guarded }),
    refused: last ? `${last.by_name}${last.comment ? `：${last.comment}` : ""}` : "",
  }[stands];
  const maySubmit = mayEdit && needed !== false && (stands === "draft" || stands === "refused");
  return (
    <>
      <Alert
        className="approval-banner no-print"
        type={TYPES[stands]}
        showIcon
        title={t(`approval.standing.${stands === "draft" && needed === false ? "none" : stands}`)}
        description={
          <>
            {text}
            {query.isError && <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
          </>
        }
        action={
          <Space wrap>
            {request?.may && (
              <>
                <Button size="small" danger onClick={() => setDeciding({ request, consent: false })}>
                  {t("decide.refuse")}
                </Button>
                <Button size="small" type="primary" onClick={() => setDeciding({ request, consent: true })}>
                  {t("decide.consent")}
                </Button>
              </>
            )}
            {maySubmit && (
              <Button size="small" type="primary" onClick={() => setOpen("submit")}>
                {t("approval.submit")}
              </Button>
            )}
            {stands === "waiting" && request?.requester === me.user.id && (
              <Popconfirm title={t("confirmWithdraw")} onConfirm={() => void withdraw(request.id)}>
                <Button size="small">{t("withdraw")}</Button>
              </Popconfirm>
            )}
            {request && (
              <Button size="small" onClick={() => setOpen("history")}>
                {t("approval.history")}
              </Button>
            )}
          </Space>
        }
      />
      {open === "submit" && (
        <SubmitDialog
          object={object}
          record={record}
          guarded={guarded}
          onClose={() => setOpen(undefined)}
          onDone={async () => {
            setOpen(undefined);
            void message.success(t("approval.submitted"));
            await refresh();
          }}
        />
      )}
      <Modal
        open={open === "history"}
        title={t("approval.history")}
        width={720}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(undefined)}
      >
        <ul className="requests-list">
          {(query.data?.requests ?? []).map((r) => (
            <RequestCard key={r.id} request={r} named={false} here />
          ))}
        </ul>
      </Modal>
      {deciding && (
        <DecideDialog
          {...deciding}
          onClose={() => {
            setDeciding(undefined);
            void onChanged();
          }}
        />
      )}
    </>
  );
}

function SubmitDialog({
  object,
  record,
  guarded,
  onClose,
  onDone,
}: {
  object: ObjectForm;
  record: RecordView;
  guarded: string;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const { t } = useTranslation("requests");
  const submit = async ({ reason }: { reason: string }) => {
    await api.POST("/api/v1/records/{object}/{id}/submit", {
      params: { path: { object: object.name, id: record.id }, header: { "If-Match": `"${record.version}"` } },
      body: { reason },
    });
    await onDone();
  };
  return (
    <FormDialog<{ reason: string }>
      title={t("approval.submit")}
      submit={t("approval.submitNow")}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="muted requests-note">{t("approval.submitText", { fields: guarded })}</p>
      <Form.Item
        name="reason"
        label={t("approval.reason")}
        rules={[{ required: true, whitespace: true, message: t("approval.need") }]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
