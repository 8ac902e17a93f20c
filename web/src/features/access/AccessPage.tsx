// Questions about rights 权限查询: why may somebody do this, who can, what can they do. The question stands in the address.

import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Checkbox, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { useObjects } from "@/shared/directory";
import { AccountPicker } from "@/shared/fields/PersonPicker";
import { PageTabs } from "@/shared/PageTabs";
import { isId } from "../audit/search";
import { WhatAnswer, WhoAnswer, WhyAnswerView } from "./answers";
import { CompareAnswer } from "./CompareAnswer";
import { WhatCouldAnswer, WhoCouldAnswer } from "./past";
import { type AccessSearch, isComplete, TABS, type Tab } from "./search";
import "../audit/audit.css";
import "./access.css";

/** Operations on records. */
const ACTIONS = [
  "view",
  "list",
  "reveal",
  "create",
  "edit",
  "delete",
  "export",
  "import",
  "transfer",
  "share",
  "merge",
  "print",
  "approve",
  "erase",
  "comment",
  "who_looked",
  "claim",
  "break_glass",
  "attach",
  "download_file",
];

export function AccessPage() {
  const { t } = useTranslation("access");
  const search = useSearch({ from: "/access/why" });
  const navigate = useNavigate();
  const tab = search.tab ?? "why";
  const ask = (next: AccessSearch) => void navigate({ to: "/access/why", search: next });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="muted asked-note">{t("text")}</span>
      </div>
      <PageTabs
        label={t("title")}
        active={tab}
        onChange={(key) => ask({ ...search, tab: key as Tab })}
        tabs={TABS.map((key) => ({
          key,
          label: t(`tab.${key}`),
          children: (
            <div className="asked">
              <Question tab={key} search={search} onAsk={ask} />
              {isComplete(search) && (
                <section aria-live="polite">
                  {key === "why" && <WhyAnswerView search={search} />}
                  {key === "who" &&
                    (search.at ? <WhoCouldAnswer search={search} at={search.at} /> : <WhoAnswer search={search} />)}
                  {key === "what" &&
                    (search.at ? <WhatCouldAnswer search={search} at={search.at} /> : <WhatAnswer search={search} />)}
                  {key === "compare" && <CompareAnswer search={search} />}
                </section>
              )}
            </div>
          ),
        }))}
      />
    </div>
  );
}

type Fields = {
  user?: string;
  other?: string;
  action?: string;
  object?: string;
  record?: string;
  at?: Dayjs | null;
  mfa: boolean;
  purpose: boolean;
};

function Question({ tab, search, onAsk }: { tab: Tab; search: AccessSearch; onAsk: (next: AccessSearch) => void }) {
  const { t } = useTranslation("access");
  const label = useLabel();
  const term = useTerms();
  const objects = useObjects();
  const needed = [{ required: true, message: t("needAll") }];
  const submit = ({ user, other, action, object, record, at, mfa, purpose }: Fields) =>
    onAsk({
      tab,
      ...(user ? { user } : {}),
      ...(other ? { other } : {}),
      ...(action ? { action } : {}),
      ...(object ? { object } : {}),
      ...(record ? { record: record.trim().toLowerCase() } : {}),
      ...(at && (tab === "who" || tab === "what") ? { at: at.valueOf() } : {}),
      ...(mfa ? {} : { mfa: false }),
      ...(purpose ? {} : { purpose: false }),
    });
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      className="panel start-panel question"
      initialValues={{
        user: search.user,
        other: search.other,
        action: search.action ?? "view",
        object: search.object ?? "customer",
        record: search.record ?? "",
        at: search.at ? dayjs(search.at) : null,
        mfa: search.mfa ?? true,
        purpose: search.purpose ?? true,
      }}
      onFinish={submit}
    >
      <p className="muted">{t(`${tab}Text`)}</p>
      <div className="form-grid">
        {tab !== "who" && (
          <Form.Item name="user" label={t("user")} rules={needed}>
            <AccountPicker />
          </Form.Item>
        )}
        {tab === "compare" && (
          <Form.Item name="other" label={t("other")} rules={needed}>
            <AccountPicker />
          </Form.Item>
        )}
        {(tab === "why" || tab === "who") && (
          <Form.Item name="action" label={t("action")} rules={needed}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={ACTIONS.map((a) => ({ value: a, label: term("action", a) }))}
            />
          </Form.Item>
        )}
        <Form.Item name="object" label={t("object")} rules={needed}>
          <Select options={objects.map((o) => ({ value: o.name, label: label(o.label) }))} />
        </Form.Item>
        {(tab === "why" || tab === "who") && (
          <Form.Item
            name="record"
            className="question-record"
            label={t("record")}
            extra={t("recordHelp")}
            rules={[
              {
                validator: (_, value: string) =>
                  isId(value?.trim()) ? Promise.resolve() : Promise.reject(new Error(t("needId"))),
              },
            ]}
            validateTrigger="onSubmit"
          >
            <Input className="mono" maxLength={40} />
          </Form.Item>
        )}
        {(tab === "who" || tab === "what") && (
          <Form.Item name="at" label={t("past.at")} extra={t("past.atHelp")}>
            <DatePicker
              showTime={{ format: "HH:mm" }}
              format="YYYY-MM-DD HH:mm"
              disabledDate={(d) => d.valueOf() > Date.now()}
              style={{ width: "100%" }}
            />
          </Form.Item>
        )}
      </div>
      <div className="question-foot">
        <span className="muted">{t("circumstances")}</span>
        <Form.Item name="mfa" valuePropName="checked" noStyle>
          <Checkbox>{t("mfa")}</Checkbox>
        </Form.Item>
        <Form.Item name="purpose" valuePropName="checked" noStyle>
          <Checkbox>{t("purpose")}</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t("ask")}
        </Button>
      </div>
    </Form>
  );
}
