// Plans: campaigns that begin by the calendar or by what happens to somebody, and definitions kept to be begun by hand.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Form, Input, Popconfirm, Select, Skeleton, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { BeginReview, type CampaignFields, CampaignFormFields, campaignOf, FIRST, fieldsOf } from "./CampaignForm";
import { type Plan, REVIEWS, RHYTHMS } from "./reviews";

type Fields = CampaignFields & { id: string; on: boolean; when: Plan["when"] };

export function PlansTab() {
  const { t } = useTranslation("reviews");
  const label = useLabel();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Plan | "new">();
  const [begun, setBegun] = useState<Plan>();
  const query = useQuery({
    queryKey: [...REVIEWS, "plans"],
    queryFn: () => data(api.GET("/api/v1/admin/review-plans")),
  });
  if (query.isPending) return <Skeleton active />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const { plans } = query.data;
  const save = async (next: Plan[]) => {
    await api.PUT("/api/v1/admin/review-plans", { body: { plans: next } });
    await queries.invalidateQueries({ queryKey: REVIEWS });
    void message.success(t("plan.saved"));
  };
  const keep = async ({ id, on, when, ...form }: Fields) => {
    const plan = { id: id.trim(), on, when, campaign: campaignOf(form) };
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
    <>
      <div className="review-bar">
        <p className="muted review-text">{t("plan.text")}</p>
        <Button icon={<PlusIcon />} onClick={() => setEdited("new")}>
          {t("plan.add")}
        </Button>
      </div>
      {plans.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("plan.none")} />}
      <ul className="review-list" aria-label={t("tabs.plans")}>
        {plans.map((plan) => (
          <li key={plan.id} className="panel review-plan">
            <div className="grow">
              <strong>{plan.campaign.name}</strong>{" "}
              <Tag color={plan.on ? "success" : "default"}>{plan.on ? t("plan.on") : t("plan.off")}</Tag>
              <div className="muted">
                {t(`rhythm.${plan.when}`)} · {plan.campaign.what.map((w) => t(`holding.${w}`)).join(" · ")}
              </div>
            </div>
            <Button onClick={() => setBegun(plan)}>{t("plan.beginNow")}</Button>
            <Button onClick={() => setEdited(plan)}>{t("plan.edit")}</Button>
            <Popconfirm title={t("plan.removeAsk")} onConfirm={() => void remove(plan.id)}>
              <Button danger>{t("remove")}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      {edited && (
        <FormDialog<Fields>
          title={edited === "new" ? t("plan.add") : edited.campaign.name}
          submit={t("plan.save")}
          initial={
            edited === "new"
              ? { ...FIRST, on: true, id: "", when: "quarterly" }
              : { ...fieldsOf(edited.campaign), id: edited.id, on: edited.on, when: edited.when }
          }
          onSubmit={keep}
          onClose={() => setEdited(undefined)}
        >
          <Form.Item
            name="id"
            label={t("field.id")}
            extra={t("help.id")}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("help.id") }]}
          >
            <Input className="mono" maxLength={40} disabled={edited !== "new"} />
          </Form.Item>
          <Form.Item name="when" label={t("field.when")} extra={t("help.when")}>
            <Select options={RHYTHMS.map((value) => ({ value, label: t(`rhythm.${value}`) }))} />
          </Form.Item>
          <Form.Item name="on" label={t("field.on")} valuePropName="checked">
            <Switch />
          </Form.Item>
          <CampaignFormFields />
        </FormDialog>
      )}
      {begun && <BeginReview from={begun.campaign} onClose={() => setBegun(undefined)} />}
    </>
  );
}
