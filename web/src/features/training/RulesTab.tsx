// Which courses must be taken by whom, until when, and what is acknowledged.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Checkbox, Form, Input, InputNumber, Select, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { useMe } from "@/app/session";
import { useSave } from "@/features/settings/useSave";
import { useLabel } from "@/i18n";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { type CourseItem, TRAINING, useOwnTraining } from "./training";

type Rules = components["schemas"]["TrainingRulesForm"];
type Fields = Omit<Rules, "required"> & { courses: Record<string, { on: boolean; roles: string[] }> };

export function RulesTab() {
  const query = useQuery({
    queryKey: [...TRAINING, "rules"],
    queryFn: () => data(api.GET("/api/v1/admin/training")),
  });
  const courses = useOwnTraining();
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (courses.isError) return <ProblemPage problem={asProblem(courses.error)} onRetry={() => void courses.refetch()} />;
  if (query.isPending || courses.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  return <RulesForm key={query.dataUpdatedAt} rules={query.data} courses={courses.data.items} />;
}

function RulesForm({ rules, courses }: { rules: Rules; courses: CourseItem[] }) {
  const { t } = useTranslation(["training", "common"]);
  const label = useLabel();
  const { workspace } = useMe();
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(TRAINING);
  const need = [{ required: true, message: t("need") }];
  const { required, ...rest } = rules;
  const of = (id: string) => required.find((r) => r.course === id);
  const initial: Fields = {
    ...rest,
    courses: Object.fromEntries(
      courses.map(({ id }) => [id, { on: of(id) !== undefined, roles: of(id)?.roles ?? [] }]),
    ),
  };
  const submit = async ({ courses: chosen, ...body }: Fields) => {
    const wanted = courses.filter(({ id }) => chosen[id]?.on);
    const required = wanted.map(({ id }) => ({ course: id, roles: chosen[id]?.roles ?? [] }));
    if (await save(() => api.PUT("/api/v1/admin/training", { body: { ...body, required } }))) unsaved.setDirty(false);
  };
  return (
    <Form<Fields>
      className="panel training-rules"
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={initial}
      onValuesChange={() => unsaved.setDirty(true)}
      onFinish={(f) => void submit(f)}
    >
      <p className="muted">
        {t("rules.text")} <Link to="/roles">{t("rules.toRoles")}</Link>
      </p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form.Item name="on" valuePropName="checked">
        <Checkbox>{t("rules.on")}</Checkbox>
      </Form.Item>
      <h2>{t("rules.required")}</h2>
      {courses.map((course) => (
        <div key={course.id} className="training-required">
          <Form.Item name={["courses", course.id, "on"]} valuePropName="checked" noStyle>
            <Checkbox>{label(course.title)}</Checkbox>
          </Form.Item>
          <Form.Item name={["courses", course.id, "roles"]} noStyle>
            <Select
              mode="multiple"
              aria-label={`${label(course.title)}: ${t("rules.roles")}`}
              placeholder={t("rules.everyone")}
              options={workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }))}
            />
          </Form.Item>
        </div>
      ))}
      <div className="form-grid">
        <Form.Item name="due_days" label={t("rules.due")} rules={need}>
          <InputNumber min={1} max={365} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="valid_months" label={t("rules.valid")} rules={need}>
          <InputNumber min={1} max={36} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="wait_minutes" label={t("rules.wait")} rules={need}>
          <InputNumber min={0} max={1440} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      <Form.Item name={["pledge", "zh"]} label={t("rules.pledgeZh")}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      <Form.Item name={["pledge", "en"]} label={t("rules.pledgeEn")}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
