// Filters of a rule: when it keeps quiet. A change is tried before it is saved.

import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Alert, Button, Empty, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { ProblemError } from "@/api/problem";
import type { DetectionRule } from "@/api/types";
import { useDuty, useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useAccountOptions } from "@/shared/directory";
import { FormDialog } from "@/shared/FormDialog";
import { ReasonDialog } from "./parts";
import { usePutRule } from "./RulePage";
import { filterText, filterTitle, type Quiet } from "./rule";
import { TrialPanel } from "./TrialPanel";

export function FiltersTab({ rule }: { rule: DetectionRule }) {
  const { t } = useTranslation("detection");
  const manages = useDuty("detection.manage");
  const put = usePutRule(rule);
  const [filters, setFilters] = useState(rule.filters);
  const { alert } = useSearch({ from: "/detection/rules/$rule" });
  const [adding, setAdding] = useState(manages && alert !== undefined);
  const [saving, setSaving] = useState(false);
  const changed = JSON.stringify(filters) !== JSON.stringify(rule.filters);
  return (
    <>
      <section className="panel detection-panel" aria-label={t("tabs.filters")}>
        <p className="muted detection-note">{t("filtersText")}</p>
        {filters.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noFilters")} />}
        <ul className="detection-filters">
          {filters.map((text) => (
            <li key={text}>
              <div className="detection-act">
                <strong>{filterTitle(text) ?? ""}</strong>
                <div className="grow" />
                {manages && (
                  <Button size="small" danger onClick={() => setFilters(filters.filter((f) => f !== text))}>
                    {t("removeFilter")}
                  </Button>
                )}
              </div>
              <pre className="detection-diff">{text}</pre>
            </li>
          ))}
        </ul>
        {changed && <Alert type="info" showIcon title={t("draftFilters")} />}
        {manages && (
          <div className="detection-act">
            <Button onClick={() => setAdding(true)}>{t("addFilter")}</Button>
            {changed && (
              <Button type="primary" onClick={() => setSaving(true)}>
                {t("save")}
              </Button>
            )}
          </div>
        )}
      </section>
      {changed && <TrialPanel key={filters.join()} rule={rule.name} filters={filters} />}
      {adding && (
        <FilterDialog
          rule={rule.name}
          {...(alert === undefined ? {} : { alert })}
          onClose={() => setAdding(false)}
          onAdd={(text) => {
            setFilters([...filters.filter((f) => f !== text), text]);
            setAdding(false);
          }}
        />
      )}
      {saving && (
        <ReasonDialog
          title={t("tabs.filters")}
          submit={t("save")}
          onClose={() => setSaving(false)}
          onSubmit={(reason) => put({ filters }, reason)}
        />
      )}
    </>
  );
}

const useProposal = (alert: string | undefined) =>
  useQuery({
    queryKey: ["alerts", "proposal", alert],
    enabled: alert !== undefined,
    queryFn: () => data(api.GET("/api/v1/alerts/{id}", { params: { path: { id: alert as string } } })),
  });

type Fields = Quiet & { title?: string; yaml?: string };

const refused = (zh: string, en: string) =>
  new ProblemError({ title: en, status: 422, code: "rule.filter", help: { zh, en } });

type FilterProps = { rule: string; alert?: string; onAdd: (text: string) => void; onClose: () => void };

/** Begun by hand, or with what an alert that was expected proposes. */
function FilterDialog(props: FilterProps) {
  const proposed = useProposal(props.alert);
  if (proposed.isLoading) return null;
  const text = proposed.data?.alert.rule === props.rule ? proposed.data.proposal : null;
  return <FilterForm {...props} {...(text === null ? {} : { proposed: text })} />;
}

function FilterForm(props: FilterProps & { proposed?: string }) {
  const { t } = useTranslation("detection");
  const add = async ({ title, yaml, ...quiet }: Fields) => {
    const written = yaml?.trim();
    const text = written ? `${written}\n` : filterText(props.rule, title?.trim() || t("tabs.filters"), quiet);
    if (text === "") throw refused(t("quietNothing"), t("quietNothing"));
    const answer = await data(api.POST("/api/v1/detection/check", { body: { text, filter_of: props.rule } }));
    const [first] = answer.problems;
    if (first) throw refused(first.zh, first.en);
    props.onAdd(text);
  };
  return (
    <FormDialog<Fields>
      title={t("addFilter")}
      submit={t("addFilter")}
      {...(props.proposed === undefined ? {} : { initial: { yaml: props.proposed } })}
      onSubmit={add}
      onClose={props.onClose}
    >
      {props.proposed !== undefined && (
        <Alert type="info" showIcon title={t("proposed")} style={{ marginBottom: 16 }} />
      )}
      {props.proposed === undefined && <Quieted />}
      <Form.Item name="yaml" label={t("filterYaml")} extra={t("filterYamlHelp")}>
        <Input.TextArea rows={props.proposed === undefined ? 4 : 12} spellCheck={false} />
      </Form.Item>
    </FormDialog>
  );
}

/** When it keeps quiet, by fields. */
function Quieted() {
  const { t } = useTranslation("detection");
  const label = useLabel();
  const accounts = useAccountOptions();
  const { workspace } = useMe();
  const days = [0, 1, 2, 3, 4, 5, 6] as const;
  return (
    <>
      <Form.Item name="title" label={t("filterTitle")}>
        <Input maxLength={120} placeholder={t("filterTitleHelp")} />
      </Form.Item>
      <p className="muted">{t("quietHelp")}</p>
      <Form.Item name="people" label={t("quietPeople")}>
        <Select mode="multiple" options={accounts} optionFilterProp="label" maxCount={20} />
      </Form.Item>
      <Form.Item name="role" label={t("quietRole")}>
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          options={workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }))}
        />
      </Form.Item>
      <Form.Item name="kind" label={t("quietKind")}>
        <Select
          allowClear
          options={(["service", "agent"] as const).map((k) => ({ value: k, label: t(`kinds.${k}`) }))}
        />
      </Form.Item>
      <Form.Item name="monthEnd" label={t("quietMonthEnd")}>
        <InputNumber min={1} max={15} />
      </Form.Item>
      <Form.Item name="weekdays" label={t("quietWeekdays")}>
        <Select
          mode="multiple"
          options={days.map((d) => ({ value: d, label: t("weekday", { day: t(`weekdays.d${d}`) }) }))}
        />
      </Form.Item>
      <div className="detection-act">
        <Form.Item name="from" label={t("quietFrom")}>
          <InputNumber min={0} max={23} />
        </Form.Item>
        <Form.Item name="to" label={t("quietTo")}>
          <InputNumber min={1} max={24} />
        </Form.Item>
      </div>
    </>
  );
}
