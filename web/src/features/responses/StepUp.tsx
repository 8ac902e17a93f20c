// The second factor, proved within the session: where a refusal asks for it.

import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";

export function StepUpButton() {
  const { t } = useTranslation("responses");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const submit = async ({ code }: { code: string }) => {
    await api.POST("/api/v1/session/step-up", { body: { code: code.trim() } });
    setOpen(false);
    void message.success(t("stepUp.done"));
    await queries.invalidateQueries();
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t("stepUp.act")}
      </Button>
      {open && (
        <FormDialog<{ code: string }>
          title={t("stepUp.title")}
          submit={t("stepUp.submit")}
          onSubmit={submit}
          onClose={() => setOpen(false)}
        >
          <Form.Item
            name="code"
            label={t("stepUp.code")}
            rules={[{ required: true, whitespace: true, message: t("need") }]}
            extra={
              <>
                {t("stepUp.enrol")} <Link to="/account">{t("stepUp.open")}</Link>
              </>
            }
          >
            <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
