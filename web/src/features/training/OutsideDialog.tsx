// A course that is taken in another system: where, for how long it counts, what passes it, and how its people are known here.

import { useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { FormDialog } from "@/shared/FormDialog";
import { type CourseCard, TRAINING } from "./training";

type Fields = components["schemas"]["OutsideCourseForm"];

const said = (text: string | null | undefined) => {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
};

export function OutsideDialog({ course, onClose }: { course: CourseCard | undefined; onClose: () => void }) {
  const { t } = useTranslation(["training", "common"]);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const need = [{ required: true, whitespace: true, message: t("outside.need") }];
  const before = course?.outside;
  const empty = { title: { zh: "", en: "" }, about: { zh: "", en: "" }, months: 12, completed: true };
  return (
    <FormDialog<Fields>
      title={t(course ? "courses.change" : "courses.register")}
      submit={t("common:save")}
      initial={before ?? empty}
      onSubmit={async (fields) => {
        const body = {
          ...fields,
          about: { zh: fields.about?.zh ?? "", en: fields.about?.en ?? "" },
          activity: fields.activity.trim(),
          launch: fields.launch.trim(),
          least_percent: fields.least_percent ?? null,
          home_page: said(fields.home_page),
          mail_domain: said(fields.mail_domain)?.toLowerCase() ?? null,
        };
        if (course)
          await api.PUT("/api/v1/training/outside/{course}", { params: { path: { course: course.id } }, body });
        else await api.POST("/api/v1/training/outside", { body });
        void message.success(t("outside.saved"));
        await queries.invalidateQueries({ queryKey: TRAINING });
        onClose();
      }}
      onClose={onClose}
    >
      <p className="muted">{t("outside.text")}</p>
      <div className="form-grid">
        <Form.Item name={["title", "zh"]} label={t("outside.titleZh")} rules={need}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name={["title", "en"]} label={t("outside.titleEn")} rules={need}>
          <Input maxLength={120} />
        </Form.Item>
      </div>
      <Form.Item name="activity" label={t("courses.activity")} extra={t("outside.activityHelp")} rules={need}>
        <Input maxLength={2000} placeholder="https://lms.example.com/courses/7" />
      </Form.Item>
      <Form.Item name="launch" label={t("outside.launch")} rules={need}>
        <Input maxLength={2000} placeholder="https://lms.example.com/start/7" />
      </Form.Item>
      <div className="form-grid">
        <Form.Item
          name="months"
          label={t("outside.months")}
          rules={[{ required: true, type: "number", message: t("outside.need") }]}
        >
          <InputNumber min={1} max={36} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="least_percent" label={t("outside.least")} extra={t("outside.leastHelp")}>
          <InputNumber min={1} max={100} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      <Form.Item name="completed" valuePropName="checked">
        <Checkbox>{t("outside.completed")}</Checkbox>
      </Form.Item>
      <Form.Item name="home_page" label={t("outside.home")} extra={t("outside.homeHelp")}>
        <Input maxLength={2000} placeholder="https://lms.example.com" />
      </Form.Item>
      <Form.Item name="mail_domain" label={t("outside.domain")} extra={t("outside.domainHelp")}>
        <Input maxLength={253} placeholder="example.com" />
      </Form.Item>
    </FormDialog>
  );
}
