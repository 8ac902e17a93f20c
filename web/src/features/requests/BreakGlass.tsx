// Emergency access: open a record without being asked first, and be reviewed for it.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { refreshRequests } from "./requests";

const SHORTEST = 10;
type Fields = { hours: number; reason: string };

export function BreakGlassButton({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation("requests");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t("glass.act")}
      </Button>
      {open && <BreakGlassDialog object={object} id={id} onClose={() => setOpen(false)} />}
    </>
  );
}

function BreakGlassDialog({ object, id, onClose }: { object: string; id: string; onClose: () => void }) {
  const { t } = useTranslation("requests");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const submit = async (f: Fields) => {
    await api.POST("/api/v1/records/{object}/{id}/break-glass", {
      params: { path: { object, id } },
      body: { hours: f.hours, reason: f.reason },
    });
    void message.success(t("glass.done"));
    onClose();
    await refreshRequests(queries);
    await queries.resetQueries({ queryKey: ["record", object, id] });
  };
  return (
    <FormDialog<Fields>
      title={t("glass.title")}
      submit={t("glass.submit")}
      danger
      initial={{ hours: 1, reason: "" }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Alert
        type="error"
        showIcon
        className="requests-note"
        title={t("glass.text")}
        description={
          <Link to="/account" search={{ tab: "totp" }}>
            {t("glass.second")}
          </Link>
        }
      />
      <Form.Item name="hours" label={t("glass.hours")} rules={[{ required: true, message: t("ask.need") }]}>
        <InputNumber min={1} max={4} precision={0} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("glass.reason")}
        rules={[
          {
            validator: (_, text: string | undefined) =>
              [...(text ?? "").trim()].length >= SHORTEST
                ? Promise.resolve()
                : Promise.reject(new Error(t("glass.need"))),
          },
        ]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
