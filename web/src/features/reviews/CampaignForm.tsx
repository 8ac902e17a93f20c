// What a campaign is: what, of whom, who answers, until when, and what becomes of the rest.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useDuty, useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { UserPicker } from "@/shared/fields/PersonPicker";
import { type Campaign, HOLDINGS, REVIEWERS, REVIEWS, UNANSWERED } from "./reviews";

export type CampaignFields = {
  name: string;
  what: Campaign["what"];
  department?: string | null;
  role?: string | null;
  reviewer: Campaign["reviewer"];
  person?: string | null;
  owners?: { role: string; user: string }[];
  deputy?: string | null;
  due_days: number;
  grace_days: number;
  unanswered: Campaign["unanswered"];
};

export const FIRST: Partial<CampaignFields> = {
  what: ["roles"],
  reviewer: "manager",
  due_days: 14,
  grace_days: 3,
  unanswered: "recommended",
};

export const fieldsOf = (c: Campaign): CampaignFields => ({
  ...c,
  owners: Object.entries(c.owners ?? {}).map(([role, user]) => ({ role, user })),
});

export function campaignOf(f: CampaignFields): Campaign {
  const owners = f.reviewer === "role_owner" ? (f.owners ?? []) : [];
  return {
    name: f.name.trim(),
    what: f.what,
    department: f.department ?? null,
    role: f.role ?? null,
    reviewer: f.reviewer,
    person: f.reviewer === "person" ? (f.person ?? null) : null,
    owners: Object.fromEntries(owners.filter((o) => o?.role && o.user).map((o) => [o.role, o.user])),
    deputy: f.deputy ?? null,
    due_days: f.due_days,
    grace_days: f.grace_days,
    unanswered: f.unanswered,
  };
}

export function CampaignFormFields() {
  const { t } = useTranslation("reviews");
  const label = useLabel();
  const { workspace } = useMe();
  const may = useDuty("directory.read");
  const departments = useQuery({
    queryKey: ["departments"],
    enabled: may,
    queryFn: () => data(api.GET("/api/v1/admin/departments")),
  });
  const reviewer = Form.useWatch<Campaign["reviewer"]>("reviewer");
  const need = [{ required: true, message: t("need") }];
  const roles = workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }));
  return (
    <>
      <Form.Item name="name" label={t("field.name")} rules={need}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="what" label={t("field.what")} rules={need}>
        <Select mode="multiple" options={HOLDINGS.map((value) => ({ value, label: t(`holding.${value}`) }))} />
      </Form.Item>
      {may && (
        <Form.Item name="department" label={t("field.department")} extra={t("help.department")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("everybody")}
            options={(departments.data?.items ?? []).map((d) => ({ value: d.id, label: d.name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="role" label={t("field.role")} extra={t("help.role")}>
        <Select allowClear showSearch={{ optionFilterProp: "label" }} placeholder={t("everyRole")} options={roles} />
      </Form.Item>
      <Form.Item name="reviewer" label={t("field.reviewer")} extra={t("help.reviewer")} rules={need}>
        <Select options={REVIEWERS.map((value) => ({ value, label: t(`reviewerRule.${value}`) }))} />
      </Form.Item>
      {reviewer === "person" && (
        <Form.Item name="person" label={t("field.person")} rules={need}>
          <UserPicker />
        </Form.Item>
      )}
      {reviewer === "role_owner" && (
        <Form.List name="owners">
          {(fields, { add, remove }) => (
            <fieldset className="review-owners">
              <legend>{t("field.owners")}</legend>
              {fields.map((field) => (
                <div key={field.key} className="review-owner">
                  <Form.Item name={[field.name, "role"]} rules={need} noStyle>
                    <Select
                      aria-label={t("field.role")}
                      showSearch={{ optionFilterProp: "label" }}
                      options={roles}
                      className="grow"
                    />
                  </Form.Item>
                  <Form.Item name={[field.name, "user"]} rules={need} noStyle>
                    <UserPicker aria-label={t("owner")} className="grow" />
                  </Form.Item>
                  <Button type="link" onClick={() => remove(field.name)}>
                    {t("remove")}
                  </Button>
                </div>
              ))}
              <Button type="dashed" onClick={() => add({})}>
                {t("addOwner")}
              </Button>
            </fieldset>
          )}
        </Form.List>
      )}
      <Form.Item name="deputy" label={t("field.deputy")} extra={t("help.deputy")}>
        <UserPicker />
      </Form.Item>
      <Form.Item name="due_days" label={t("field.due")} rules={need}>
        <InputNumber min={1} max={90} precision={0} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="grace_days" label={t("field.grace")} extra={t("help.grace")} rules={need}>
        <InputNumber min={0} max={30} precision={0} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="unanswered" label={t("field.unanswered")} extra={t("help.unanswered")} rules={need}>
        <Select options={UNANSWERED.map((value) => ({ value, label: t(`unanswered.${value}`) }))} />
      </Form.Item>
    </>
  );
}

export function BeginReview({ from, onClose }: { from?: Campaign; onClose: () => void }) {
  const { t } = useTranslation("reviews");
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <FormDialog<CampaignFields>
      title={t("begin")}
      submit={t("beginNow")}
      initial={from ? fieldsOf(from) : FIRST}
      onSubmit={async (fields) => {
        const begun = await data(api.POST("/api/v1/reviews", { body: campaignOf(fields) }));
        await queries.invalidateQueries({ queryKey: REVIEWS });
        onClose();
        void navigate({ to: "/reviews/$id", params: { id: begun.id } });
      }}
      onClose={onClose}
    >
      <p className="muted">{t("beginText")}</p>
      <CampaignFormFields />
    </FormDialog>
  );
}
