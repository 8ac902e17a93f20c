// How a log is read.

import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { FeedSource } from "@/api/types";
import { FormDialog } from "@/shared/FormDialog";
import { COLUMNS, FEEDS, type Fields, FORMATS, fieldsOf, readPairs, sourceOf } from "./feeds";

export function SourceDialog({ source, onClose }: { source: FeedSource | undefined; onClose: () => void }) {
  const { t } = useTranslation("feeds");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const format = Form.useWatch("format", form) ?? source?.format ?? "csv";
  const people = Form.useWatch("people", form);
  const need = [{ required: true, whitespace: true, message: t("need") }];
  const pairs = [
    {
      validator: (_: unknown, text: string | undefined) => {
        const read = readPairs(text ?? "");
        return typeof read === "number"
          ? Promise.reject(new Error(t("actionsWrong", { line: read })))
          : Promise.resolve();
      },
    },
  ];
  const save = async (fields: Fields) => {
    await data(api.PUT("/api/v1/admin/feeds", { body: sourceOf(fields) }));
    onClose();
    void message.success(t("saved"));
    await queries.invalidateQueries({ queryKey: FEEDS });
  };
  return (
    <FormDialog<Fields>
      title={source ? t("change") : t("add")}
      submit={t("submit")}
      form={form}
      initial={fieldsOf(source)}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("name")} extra={t("nameHelp")} rules={need}>
        <Input maxLength={40} disabled={source !== undefined} />
      </Form.Item>
      <Form.Item name="zh" label={t("labelZh")} rules={need}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="en" label={t("labelEn")} rules={need}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="format" label={t("format")}>
        <Select
          disabled={source !== undefined}
          options={FORMATS.map((f) => ({ value: f, label: t(`formats.${f}`) }))}
        />
      </Form.Item>
      <Form.Item name="zone" label={t("zone")} extra={t("zoneHelp")} rules={need}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="encoding" label={t("encoding")}>
        <Select
          options={[
            { value: "utf8", label: "UTF-8" },
            { value: "gb18030", label: "GB18030" },
          ]}
        />
      </Form.Item>
      {format === "csv" && (
        <>
          <Form.Item name="time" label={t("column.time")} rules={need}>
            <Input maxLength={256} />
          </Form.Item>
          <Form.Item name="user" label={t("column.user")} rules={need}>
            <Input maxLength={256} />
          </Form.Item>
          <Form.Item
            name="action"
            label={t("column.action")}
            extra={t("column.actionHelp")}
            rules={[{ required: true, message: t("need") }]}
          >
            <Select mode="tags" open={false} suffixIcon={null} maxCount={5} />
          </Form.Item>
          {COLUMNS.map((name) => (
            <Form.Item key={name} name={name} label={t(`column.${name}`)}>
              <Input maxLength={name === "delimiter" ? 1 : 256} />
            </Form.Item>
          ))}
        </>
      )}
      <Form.Item
        name="actions"
        label={t("actions")}
        extra={t("actionsHelp")}
        rules={format === "csv" ? [...need, ...pairs] : pairs}
      >
        <Input.TextArea rows={4} className="mono" />
      </Form.Item>
      <Form.Item name="people" label={t("people")}>
        <Select
          options={(["named", "login", "mail"] as const).map((k) => ({ value: k, label: t(`peopleKind.${k}`) }))}
        />
      </Form.Item>
      {people === "mail" && (
        <Form.Item name="domain" label={t("domain")} rules={need}>
          <Input maxLength={256} placeholder="example.com" />
        </Form.Item>
      )}
      <Form.Item name="logins" label={t("logins")} extra={t("loginsHelp")} rules={pairs}>
        <Input.TextArea rows={3} className="mono" />
      </Form.Item>
      <Form.Item name="automatic" label={t("automatic")}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </FormDialog>
  );
}
