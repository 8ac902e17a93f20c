// Consent or refuse, with words. What a consent does is said before it is given.

import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { RequestItem } from "@/api/types";
import { FormDialog } from "@/shared/FormDialog";
import { AskedRecord } from "./AskedRecord";
import { refreshRequests } from "./requests";

type Props = { request: RequestItem; consent: boolean; onClose: () => void };

export function DecideDialog({ request, consent, onClose }: Props) {
  const { t } = useTranslation("requests");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const review = request.kind === "break_glass";
  const needed = review || !consent;
  const who = { who: request.requester_name };
  const verdict = t(consent ? "decide.lawful" : "decide.unlawful");
  const submit = async ({ comment }: { comment?: string }) => {
    const done = await data(
      api.POST("/api/v1/requests/{id}/decide", {
        params: { path: { id: request.id } },
        body: { consent, comment: comment ?? "", version: request.version ?? 0 },
      }),
    );
    const states = ["waiting", "approved", "refused"] as const;
    const state = states.find((s) => s === done.state) ?? "waiting";
    void message.success(review ? verdict : t(`decide.done.${state}`));
    onClose();
    await refreshRequests(queries);
  };
  return (
    <FormDialog<{ comment?: string }>
      title={
        review
          ? `${t("decide.reviewTitle", who)}：${verdict}`
          : t(consent ? "decide.consentTitle" : "decide.refuseTitle", who)
      }
      submit={review ? verdict : t(consent ? "decide.consent" : "decide.refuse")}
      danger={!consent}
      onSubmit={submit}
      onClose={onClose}
    >
      {request.kind === "access" && (
        <p className="muted requests-note">{t(consent ? "decide.shareHelp" : "decide.silentHelp")}</p>
      )}
      {request.kind === "record" && request.record && <AskedRecord object={request.object} id={request.record} open />}
      <Form.Item
        name="comment"
        label={t("decide.comment")}
        rules={needed ? [{ required: true, whitespace: true, message: t("decide.need") }] : []}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
