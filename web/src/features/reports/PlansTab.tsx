// Plans: reports that the house makes of each period, and definitions that are kept to be made by hand.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Empty, Form, Input, Popconfirm, Skeleton, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { DefinitionFields, type DefinitionForm, definitionOf, FIRST } from "./DefinitionFields";
import { MakeReport } from "./MakeReport";

type Plan = components["schemas"]["ReportPlanForm"];
type Format = components["schemas"]["DocumentFormat"];
type Fields = DefinitionForm & { id: string; name: string; on: boolean; folder?: Format[] };

const FORMATS: Format[] = ["pdf", "xlsx", "html", "csv", "json"];

const formOf = (plan: Plan): DefinitionForm => ({
  ...plan.definition,
  unit: plan.unit,
  sections: (plan.definition.sections ?? []).filter((s) => s !== "method"),
  channels: plan.definition.channels ?? [],
  operations: plan.definition.operations ?? [],
  readers: plan.definition.readers ?? [],
});

export function PlansTab() {
  const { t } = useTranslation("reports");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Plan | "new">();
  const [made, setMade] = useState<Plan>();
  const query = useQuery({ queryKey: ["report-plans"], queryFn: () => data(api.GET("/api/v1/reports/plans")) });
  if (query.isPending) return <Skeleton active />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { plans, folder: house } = query.data;
  const save = async (next: Plan[]) => {
    await api.PUT("/api/v1/reports/plans", { body: { plans: next } });
    await queries.invalidateQueries({ queryKey: ["report-plans"] });
    void message.success(t("plan.saved"));
  };
  const keep = async ({ id, name, on, folder, ...form }: Fields) => {
    const files = folder ?? [];
    const plan = {
      id: id.trim(),
      name: name.trim(),
      on,
      unit: form.unit,
      definition: definitionOf(form),
      folder: files,
    };
    const old = edited === "new" ? undefined : edited?.id;
    await save(old === undefined ? [...plans, plan] : plans.map((p) => (p.id === old ? plan : p)));
    setEdited(undefined);
  };
  const remove = async (id: string) => {
    try {
      await save(plans.filter((p) => p.id !== id));
    } catch (error) {
      void message.error(label(asProblem(error).help), 6);
    }
  };
  return (
    <div className="report-plans">
      <div className="report-bar">
        <Button icon={<PlusIcon />} onClick={() => setEdited("new")}>
          {t("plan.add")}
        </Button>
      </div>
      {house === "missing" && <Alert type="warning" showIcon title={t("plan.folderMissing")} />}
      {plans.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("plan.none")}>
          <p className="muted">{t("plan.noneHelp")}</p>
        </Empty>
      )}
      <ul className="report-list" aria-label={t("plan.list")}>
        {plans.map((plan) => (
          <li key={plan.id} className="panel report-plan">
            <div className="grow">
              <strong>{plan.name}</strong>{" "}
              <Tag color={plan.on ? "success" : "default"}>{plan.on ? t("plan.on") : t("plan.off")}</Tag>
              <div className="muted">
                {t(`kind.${plan.definition.kind}`)} · {t("plan.next", { unit: t(`unit.${plan.unit}`) })} ·{" "}
                {t("plan.readers", { count: plan.definition.readers?.length ?? 0 })}
                {plan.folder && plan.folder.length > 0 && (
                  <> · {t("plan.folder", { formats: plan.folder.map((f) => f.toUpperCase()).join(", ") })}</>
                )}
              </div>
            </div>
            <Button onClick={() => setMade(plan)}>{t("plan.makeNow")}</Button>
            <Button onClick={() => setEdited(plan)}>{t("plan.edit")}</Button>
            <Popconfirm title={t("plan.removeAsk")} onConfirm={() => void remove(plan.id)}>
              <Button danger>{t("plan.remove")}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      {edited && (
        <FormDialog<Fields>
          title={edited === "new" ? t("plan.add") : edited.name}
          submit={t("plan.save")}
          initial={
            edited === "new"
              ? { ...FIRST, on: true, id: "", name: "", folder: [] }
              : { ...formOf(edited), id: edited.id, name: edited.name, on: edited.on, folder: edited.folder ?? [] }
          }
          onSubmit={keep}
          onClose={() => setEdited(undefined)}
        >
          <Form.Item name="name" label={t("field.name")} rules={[{ required: true, message: t("required") }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item
            name="id"
            label={t("field.id")}
            extra={t("help.id")}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("help.id") }]}
          >
            <Input className="mono" maxLength={40} disabled={edited !== "new"} />
          </Form.Item>
          <Form.Item name="on" label={t("field.on")} valuePropName="checked">
            <Switch />
          </Form.Item>
          <DefinitionFields />
          {/* What a server had a folder for can be taken back when it has none any more. */}
          {(house !== "none" || (edited !== "new" && (edited.folder?.length ?? 0) > 0)) && (
            <Form.Item name="folder" label={t("field.folder")} extra={t("help.folder")}>
              <Checkbox.Group options={FORMATS.map((f) => ({ value: f, label: f.toUpperCase() }))} />
            </Form.Item>
          )}
        </FormDialog>
      )}
      {made && <MakeReport from={formOf(made)} onClose={() => setMade(undefined)} />}
    </div>
  );
}
