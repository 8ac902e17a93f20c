// A look that no business reason explains: the person says what it is for, and the page goes on. What they say is recorded with it.

import { Form, Input, Typography } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { onPurposeNeeded } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";

export function PurposeDialog() {
  const { t } = useTranslation(["session", "common"]);
  const [open, setOpen] = useState(false);
  const waiting = useRef<Array<(purpose: string | undefined) => void>>([]);
  useEffect(() => {
    onPurposeNeeded(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setOpen(true);
        }),
    );
    return () => onPurposeNeeded(undefined);
  }, []);
  if (!open) return null;
  const done = (purpose: string | undefined) => {
    setOpen(false);
    const all = waiting.current;
    waiting.current = [];
    for (const go of all) go(purpose);
  };
  return (
    <FormDialog<{ purpose: string }>
      title={t("purpose.title")}
      submit={t("purpose.submit")}
      cancel={t("purpose.cancel")}
      onClose={() => done(undefined)}
      onSubmit={async ({ purpose }) => done(purpose.trim())}
    >
      <Typography.Paragraph>{t("purpose.text")}</Typography.Paragraph>
      <Form.Item
        name="purpose"
        label={t("purpose.label")}
        extra={t("purpose.help")}
        rules={[{ required: true, whitespace: true, message: t("purpose.need") }]}
      >
        <Input.TextArea maxLength={500} showCount rows={3} autoFocus />
      </Form.Item>
    </FormDialog>
  );
}
