// Who takes part in a record, and until when; give a share, end one.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm, RecordView, ShareView } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useColleagues, useDepartmentName } from "@/shared/fields/people";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { ShareDialog, shareBody } from "./ShareDialog";

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
          onClose={() => setAdding(false)}
          onSubmit={async (fields) => {
            await api.POST("/api/v1/records/{object}/{id}/shares", { params: { path }, body: shareBody(fields) });
            setAdding(false);
            void message.success(t("shareDialog.done"));
            void queries.invalidateQueries({ queryKey: key });
          }}
        />
      )}
    </div>
  );
}
