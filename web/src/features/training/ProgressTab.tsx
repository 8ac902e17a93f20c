// How far everybody is: by department, and by person; and giving somebody a course.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Empty, Form, InputNumber, Select, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { formatTime } from "@/shared/format";
import { ProblemPage } from "@/shared/ProblemView";
import { WordsTable } from "@/shared/WordsTable";
import { COLOUR, STATES, type State, stateOf, TRAINING, useOwnTraining, whyOf } from "./training";

type Schemas = components["schemas"];

export function ProgressTab() {
  const { t } = useTranslation("training");
  const manages = useDuty("training.manage");
  const [state, setState] = useState<State | "">("");
  const [giving, setGiving] = useState(false);
  const query = useQuery({
    queryKey: [...TRAINING, "progress", state],
    queryFn: () => data(api.GET("/api/v1/training/progress", { params: { query: state === "" ? {} : { state } } })),
  });
  const label = useLabel();
  if (query.isPending) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { departments, lines, complete } = query.data;
  const none = <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")} />;
  const when = (at: number | null) => (at === null ? "—" : formatTime(at));
  return (
    <>
      <h2>{t("departments")}</h2>
      <WordsTable<Schemas["ProgressUnit"]>
        className="panel"
        label={t("departments")}
        rowKey="department"
        size="small"
        dataSource={departments}
        pagination={false}
        locale={{ emptyText: none }}
        columns={[
          { title: t("department"), dataIndex: "department" },
          { title: t("people"), dataIndex: "people", align: "right", className: "number" },
          { title: t("done"), dataIndex: "current", align: "right", className: "number" },
          { title: t("late"), dataIndex: "overdue", align: "right", className: "number" },
          {
            title: t("share"),
            align: "right",
            className: "number",
            render: (_, d) => `${Math.floor((100 * d.current) / Math.max(1, d.people))}%`,
          },
        ]}
      />
      <div className="training-head">
        <h2>{t("lines")}</h2>
        <div className="training-tools">
          <Select
            aria-label={t("filter")}
            value={state}
            onChange={setState}
            style={{ minWidth: 120 }}
            options={[
              { value: "", label: t("all") },
              ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
            ]}
          />
          {manages && (
            <Button type="primary" onClick={() => setGiving(true)}>
              {t("assign")}
            </Button>
          )}
        </div>
      </div>
      {!complete && <p className="muted">{t("more")}</p>}
      <WordsTable<Schemas["ProgressLine"]>
        className="panel"
        label={t("lines")}
        rowKey={(line) => `${line.user} ${line.course}`}
        size="small"
        dataSource={lines}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: none }}
        columns={[
          { title: t("name"), dataIndex: "name" },
          { title: t("department"), dataIndex: "department" },
          { title: t("course"), render: (_, l) => label(l.title) },
          {
            title: t("status"),
            render: (_, l) => <Tag color={COLOUR[stateOf(l.state)]}>{t(`state.${stateOf(l.state)}`)}</Tag>,
          },
          {
            title: t("reason"),
            render: (_, l) => {
              const why = whyOf(l.why);
              return why ? t(`why.${why}`) : "—";
            },
          },
          { title: t("dueAt"), render: (_, l) => when(l.due_at) },
          { title: t("validUntil"), render: (_, l) => when(l.valid_until) },
          { title: t("attempts"), dataIndex: "attempts", align: "right", className: "number" },
        ]}
      />
      {giving && <Giving onClose={() => setGiving(false)} />}
    </>
  );
}

type Fields = { user: string; course: string; days: number; after_case: boolean };

function Giving({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["training", "common"]);
  const label = useLabel();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const courses = useOwnTraining().data?.items ?? [];
  const need = [{ required: true, message: t("need") }];
  return (
    <FormDialog<Fields>
      title={t("assign")}
      submit={t("assign")}
      initial={{ days: 14, after_case: false }}
      onSubmit={async (body) => {
        await api.POST("/api/v1/training/assignments", { body });
        void message.success(t("assigned"));
        await queries.invalidateQueries({ queryKey: TRAINING });
        onClose();
      }}
      onClose={onClose}
    >
      <p className="muted">{t("assignText")}</p>
      <Form.Item name="user" label={t("person")} rules={need}>
        <UserPicker />
      </Form.Item>
      <Form.Item name="course" label={t("course")} rules={need}>
        <Select options={courses.map((c) => ({ value: c.id, label: label(c.title) }))} />
      </Form.Item>
      <Form.Item name="days" label={t("days")} rules={need}>
        <InputNumber min={1} max={365} precision={0} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="after_case" valuePropName="checked">
        <Checkbox>{t("afterCase")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
