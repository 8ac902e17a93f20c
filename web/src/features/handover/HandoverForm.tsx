// Who receives what. Said once for everything, and otherwise by object; asked before it begins, for it cannot be undone.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Radio, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { Account } from "@/api/types";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { useAccounts, useObjectWords, useUserName } from "@/shared/directory";
import { ProblemAlert } from "@/shared/ProblemView";
import { type HandoverFields, toRequest } from "./plan";
import { type Estate, ownedBy } from "./useEstate";

/** People who can receive: active, and without an administrative duty. */
function useReceivers(leaver: string) {
  const accounts = useAccounts().data?.items;
  return useMemo(
    () =>
      (accounts ?? [])
        .filter(
          (u) =>
            u.status === "active" &&
            u.kind === "person" &&
            u.id !== leaver &&
            !u.roles.some((r) => r.endsWith("_admin")),
        )
        .map((u) => ({ value: u.id, label: `${u.name} (${u.login})` })),
    [accounts, leaver],
  );
}

export function HandoverForm({ user, estate }: { user: Account; estate: Estate }) {
  const { t } = useTranslation("handover");
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const label = useLabel();
  const words = useObjectWords();
  const name = useUserName();
  const receivers = useReceivers(user.id);
  const mayPools = useDuty("setting.manage");
  const pools = useQuery({
    queryKey: ["admin", "pools"],
    enabled: mayPools,
    queryFn: () => data(api.GET("/api/v1/admin/pools")),
  });
  const [form] = Form.useForm<HandoverFields>();
  const [problem, setProblem] = useState<ProblemError>();
  const mode = Form.useWatch("mode", form) ?? "users";
  const rules = Form.useWatch("rules", form);
  const managers = receivers.map((r) => ({ ...r }));
  const manager = user.manager ? t("form.manager", { name: name(user.manager) ?? user.manager }) : t("form.noManager");
  const need = { required: true, message: t("form.need") };
  const people = (
    <Select
      mode="multiple"
      maxCount={50}
      options={receivers}
      placeholder={t("form.choose")}
      aria-label={t("form.choose")}
      showSearch={{ optionFilterProp: "label" }}
    />
  );
  const ways = (object: string) => [
    { value: "same", label: t("form.same") },
    { value: "users", label: t("form.users") },
    { value: "manager", label: manager, disabled: !user.manager },
    ...(pools.data?.items ?? [])
      .filter((p) => p.object === object)
      .map((p) => ({ value: `pool:${p.name}`, label: t("form.pool", { pool: label(p.label) }) })),
  ];
  const finish = (fields: HandoverFields) =>
    modal.confirm({
      title: t("form.confirm", { name: user.name }),
      content: t("form.confirmText", { count: ownedBy(estate) }),
      okText: t("form.submit"),
      okButtonProps: { danger: true },
      onOk: async () => {
        setProblem(undefined);
        try {
          const params = { path: { id: user.id } };
          await api.POST("/api/v1/admin/users/{id}/handover", { params, body: toRequest(fields) });
          void message.success(t("form.begun"));
        } catch (error) {
          setProblem(asProblem(error));
        }
        await queries.invalidateQueries({ queryKey: ["handover", user.id] });
        await queries.invalidateQueries({ queryKey: ["accounts"] });
      },
    });
  return (
    <section className="panel" aria-labelledby="handover-form">
      <h2 id="handover-form">{t("form.title")}</h2>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ mode: "users", shares: "end" }}
        onFinish={finish}
      >
        {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
        <Form.Item name="mode" label={t("form.others")} extra={t("form.othersHelp")}>
          <Radio.Group
            options={[
              { value: "users", label: t("form.users") },
              { value: "manager", label: manager, disabled: !user.manager },
            ]}
          />
        </Form.Item>
        {mode === "users" && (
          <Form.Item name="users" rules={[need]}>
            {people}
          </Form.Item>
        )}
        {estate.owned.length > 0 && (
          <Form.Item label={t("form.byObject")} extra={t("form.byObjectHelp")}>
            {estate.owned.map(({ object, count }) => (
              <div key={object} className="handover-rule">
                <span>{t("has.records", { count, object: words.object(object) })}</span>
                <Form.Item name={["rules", object, "to"]} initialValue="same">
                  <Select options={ways(object)} aria-label={words.object(object)} />
                </Form.Item>
                {rules?.[object]?.to === "users" && (
                  <Form.Item name={["rules", object, "users"]} rules={[need]}>
                    {people}
                  </Form.Item>
                )}
              </div>
            ))}
          </Form.Item>
        )}
        {estate.shares_given > 0 && (
          <Form.Item name="shares" label={t("form.shares")} extra={t("form.keepHelp")}>
            <Radio.Group
              options={[
                { value: "end", label: t("form.end") },
                { value: "keep", label: t("form.keep") },
              ]}
            />
          </Form.Item>
        )}
        {estate.reports.length > 0 && (
          <Form.Item name="reports_to" label={t("form.reports")} extra={t("form.reportsHelp")}>
            <Select allowClear options={managers} showSearch={{ optionFilterProp: "label" }} />
          </Form.Item>
        )}
        <Form.Item name="purpose" label={t("form.reason")}>
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        <Button type="primary" danger htmlType="submit">
          {t("form.submit")}
        </Button>
      </Form>
    </section>
  );
}
