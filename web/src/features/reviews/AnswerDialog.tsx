// An answer that needs words: a reason, how it is narrowed, or to whom it is passed on.

import { useQueryClient } from "@tanstack/react-query";
import { Checkbox, DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { FormDialog } from "@/shared/FormDialog";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { useItemWords } from "./LineFacts";
import { type Answer, type Line, needsReason, REVIEWS } from "./reviews";

type Fields = { reason?: string; until?: Dayjs | null; read_only?: boolean; to?: string | null };

export function AnswerDialog({ line, choice, onClose }: { line: Line; choice: Answer["choice"]; onClose: () => void }) {
  const { t } = useTranslation("reviews");
  const queries = useQueryClient();
  const words = useItemWords();
  const must = needsReason(line, choice);
  const writes = line.item.kind === "share" && line.item.edit === true;
  const need = [{ required: true, message: t("need") }];
  return (
    <FormDialog<Fields>
      title={t(`act.${choice}`)}
      submit={t(`act.${choice}`)}
      danger={choice === "revoke"}
      initial={{ read_only: writes, until: choice === "narrow" && !writes ? dayjs().add(30, "day") : null }}
      onSubmit={async (f) => {
        await api.POST("/api/v1/me/reviews/decisions", {
          body: {
            lines: [line.id],
            choice,
            reason: f.reason ?? "",
            until: f.until ? f.until.endOf("day").valueOf() : null,
            read_only: choice === "narrow" && f.read_only === true,
            to: f.to ?? null,
          },
        });
        await queries.invalidateQueries({ queryKey: REVIEWS });
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        {line.user_name ?? t("group")} · {words(line)}
      </p>
      {choice === "delegate" && (
        <Form.Item name="to" label={t("field.to")} rules={need}>
          <UserPicker />
        </Form.Item>
      )}
      {choice === "narrow" && writes && (
        <Form.Item name="read_only" valuePropName="checked">
          <Checkbox>{t("field.readOnly")}</Checkbox>
        </Form.Item>
      )}
      {choice === "narrow" && (
        <Form.Item name="until" label={t("field.until")} {...(writes ? {} : { rules: need })}>
          <DatePicker style={{ width: "100%" }} minDate={dayjs()} maxDate={dayjs().add(365, "day")} />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={must ? t("field.reason") : t("field.reasonOptional")}
        {...(must ? { rules: [{ required: true, whitespace: true, message: t("needReason") }] } : {})}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
