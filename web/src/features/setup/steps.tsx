// The steps, one form each.

import { Alert, Button, Checkbox, Form, Input, Select, Space } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Calendar, CHINA, days, readHours, sorted, writeHours } from "@/features/settings/calendar";
import {
  followSecurity,
  MailServerFieldItems,
  type MailServerFields,
  mailServerBegins,
  mailServerSent,
} from "@/shared/MailServerFields";
import type { Administrator, Department, Mail } from "./asked";
import type { StepProps } from "./SetupPage";

const LOGIN = /^[a-z0-9][a-z0-9.\-_@]{1,63}$/;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function useNeed() {
  const { t } = useTranslation("setup");
  return { required: true, whitespace: true, message: t("need") };
}

function Foot({ back, busy, children }: { back?: (() => void) | undefined; busy: boolean; children?: ReactNode }) {
  const { t } = useTranslation("setup");
  return (
    <div className="setup-foot">
      {back && (
        <Button onClick={back} disabled={busy}>
          {t("back")}
        </Button>
      )}
      <div className="grow" />
      {children}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("next")}
      </Button>
    </div>
  );
}

export function CompanyStep({ draft, busy, next, back }: StepProps) {
  const { t } = useTranslation("setup");
  const need = useNeed();
  return (
    <Form<{ company: string }>
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{ company: draft.company ?? "" }}
      onFinish={({ company }) => next({ company: company.trim() })}
    >
      <Form.Item name="company" label={t("company.name")} rules={[need]}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Foot back={back} busy={busy} />
    </Form>
  );
}

type Week = { zone: string; hours: string; open: (typeof DAYS)[number][]; china: boolean };

export function CalendarStep({ draft, busy, next, back }: StepProps) {
  const { t } = useTranslation(["setup", "settings"]);
  const have = draft.calendar;
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value })), []);
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const preset = sorted(Object.values(CHINA).flatMap((y) => y.holidays.flatMap(([a, b]) => days(a, b))));
  const finish = ({ zone, hours, open, china }: Week) => {
    const spans = readHours(hours) ?? [];
    const calendar: Calendar = {
      time_zone: zone,
      week: DAYS.map((day) => (open.includes(day) ? spans : [])),
      holidays: china ? preset : [],
      working_days: china ? sorted(Object.values(CHINA).flatMap((y) => y.worked)) : [],
    };
    next({ calendar });
  };
  const worked = have?.week.find((d) => d.length > 0);
  return (
    <Form<Week>
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{
        zone: have?.time_zone ?? (local === "UTC" ? "Asia/Shanghai" : local),
        hours: worked ? writeHours(worked) : "09:00-12:00, 13:30-18:00",
        open: have ? DAYS.filter((_, n) => (have.week[n] ?? []).length > 0) : DAYS.slice(0, 5),
        china: have ? have.holidays.length > 0 : true,
      }}
      onFinish={finish}
    >
      <Form.Item name="zone" label={t("settings:zone")}>
        <Select showSearch={{ optionFilterProp: "label" }} options={zones} />
      </Form.Item>
      <Form.Item name="open" label={t("calendar.open")}>
        <Checkbox.Group options={DAYS.map((value) => ({ value, label: t(`settings:day.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="hours"
        label={t("settings:week")}
        extra={t("settings:weekHelp")}
        rules={[
          {
            validator: (_, text: string) => {
              const read = readHours(text ?? "");
              return read && read.length > 0 ? Promise.resolve() : Promise.reject(new Error(t("settings:badHours")));
            },
          },
        ]}
      >
        <Input className="mono" maxLength={120} />
      </Form.Item>
      <Form.Item name="china" valuePropName="checked" extra={t("calendar.chinaHelp")}>
        <Checkbox>{t("calendar.china", { years: Object.keys(CHINA).join("、") })}</Checkbox>
      </Form.Item>
      <Foot back={back} busy={busy} />
    </Form>
  );
}

const DUTIES = ["system", "security", "audit"] as const;
const USUAL = ["admin", "security", "auditor"];

export function AdministratorsStep({ draft, busy, next, back }: StepProps) {
  const { t } = useTranslation("setup");
  const need = useNeed();
  const have = draft.administrators;
  return (
    <Form<{ people: Administrator[] }>
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{ people: DUTIES.map((_, n) => have?.[n] ?? { login: USUAL[n], name: "" }) }}
      onFinish={({ people }) =>
        next({ administrators: people.map((p) => ({ login: p.login.trim(), name: p.name.trim() })) })
      }
    >
      {DUTIES.map((duty, n) => (
        <fieldset key={duty} className="setup-person">
          <legend>{t(`administrators.${duty}`)}</legend>
          <p className="muted">{t(`administrators.${duty}Text`)}</p>
          <div className="form-grid">
            <Form.Item name={["people", n, "name"]} label={t("administrators.name")} rules={[need]}>
              <Input maxLength={80} autoComplete="off" />
            </Form.Item>
            <Form.Item
              name={["people", n, "login"]}
              label={t("administrators.login")}
              dependencies={DUTIES.map((_, other) => ["people", other, "login"]).filter((_, other) => other !== n)}
              rules={[
                { required: true, pattern: LOGIN, message: t("administrators.loginHelp") },
                ({ getFieldValue }) => ({
                  validator: (_, login: string) =>
                    DUTIES.some((_, other) => other < n && getFieldValue(["people", other, "login"]) === login)
                      ? Promise.reject(new Error(t("administrators.same")))
                      : Promise.resolve(),
                }),
              ]}
            >
              <Input className="mono" maxLength={64} autoComplete="off" />
            </Form.Item>
          </div>
        </fieldset>
      ))}
      <Foot back={back} busy={busy} />
    </Form>
  );
}

export function DepartmentsStep({ draft, busy, next, back }: StepProps) {
  const { t } = useTranslation("setup");
  const [rows, setRows] = useState<Department[]>(draft.departments);
  const set = (n: number, part: Partial<Department>) => setRows(rows.map((r, i) => (i === n ? { ...r, ...part } : r)));
  // What lay below the one that goes lies below its parent, and places move up.
  const remove = (n: number) => {
    const gone = rows[n]?.parent ?? null;
    const moved = (parent: number | null) =>
      parent === n ? gone : parent !== null && parent > n ? parent - 1 : parent;
    setRows(rows.filter((_, i) => i !== n).map((r) => ({ ...r, parent: moved(r.parent) })));
  };
  const empty = rows.some((r) => r.name.trim() === "");
  return (
    <Form layout="vertical" disabled={busy} onFinish={() => next({ departments: rows })}>
      <div className="setup-departments">
        {rows.map((row, n) => (
          // A row has no other name than its place.
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end
          <div key={n} className="setup-department">
            <Input
              aria-label={t("departments.name", { n: n + 1 })}
              placeholder={t("departments.name", { n: n + 1 })}
              maxLength={80}
              value={row.name}
              onChange={(e) => set(n, { name: e.target.value })}
            />
            <Select<number>
              aria-label={t("departments.parent", { n: n + 1 })}
              value={row.parent ?? -1}
              onChange={(parent) => set(n, { parent: parent < 0 ? null : parent })}
              options={[
                { value: -1, label: draft.company ?? t("departments.root") },
                ...rows.slice(0, n).map((r, value) => ({ value, label: r.name.trim() || String(value + 1) })),
              ]}
            />
            <Button onClick={() => remove(n)} aria-label={t("departments.remove", { n: n + 1 })}>
              ×
            </Button>
          </div>
        ))}
        <Button type="dashed" block onClick={() => setRows([...rows, { name: "", parent: null }])}>
          {t("departments.add")}
        </Button>
      </div>
      {empty && <p role="alert">{t("departments.empty")}</p>}
      <div className="setup-foot">
        {back && <Button onClick={back}>{t("back")}</Button>}
        <div className="grow" />
        <Button type="primary" htmlType="submit" loading={busy} disabled={empty || busy}>
          {rows.length === 0 ? t("skip") : t("next")}
        </Button>
      </div>
    </Form>
  );
}

export function MailStep({
  draft,
  busy,
  next,
  back,
  password,
  setPassword,
}: StepProps & { password: string; setPassword: (password: string) => void }) {
  const { t } = useTranslation(["setup", "settings"]);
  const [form] = Form.useForm<MailServerFields>();
  const finish = (f: MailServerFields) => {
    const mail: Mail = { ...mailServerSent(f), domains: [] };
    setPassword(mail.account ? (f.password ?? "") : "");
    next({ mail });
  };
  return (
    <Form<MailServerFields>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={busy}
      initialValues={{ ...mailServerBegins(draft.mail), password }}
      onValuesChange={(changed: Partial<MailServerFields>) => followSecurity(form, changed)}
      onFinish={finish}
    >
      <MailServerFieldItems form={form} busy={busy} passwordHelp={t("settings:mail.passwordHelp")} needsPassword />
      <Foot back={back} busy={busy}>
        <Button
          onClick={() => {
            setPassword("");
            next({ mail: null });
          }}
        >
          {t("skip")}
        </Button>
      </Foot>
    </Form>
  );
}

export function LastStep({
  draft,
  busy,
  back,
  needsPassword,
  create,
}: StepProps & { needsPassword: boolean; create: () => void }) {
  const { t } = useTranslation(["setup", "settings"]);
  const rows = [
    [t("company.name"), draft.company],
    [t("settings:zone"), draft.calendar?.time_zone],
    [t("settings:holidays"), t("last.days", { count: draft.calendar?.holidays.length ?? 0 })],
    ...DUTIES.map((duty, n) => {
      const person = draft.administrators?.[n];
      return [t(`administrators.${duty}`), person ? `${person.name} (${person.login})` : "—"];
    }),
    [t("departments.title"), draft.departments.map((d) => d.name).join(", ") || t("last.none")],
    [t("mail.title"), draft.mail ? `${draft.mail.host}:${draft.mail.port}` : t("last.none")],
  ] as const;
  return (
    <>
      <dl className="setup-summary">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {needsPassword && <Alert type="warning" showIcon title={t("last.password")} style={{ marginBottom: 16 }} />}
      <div className="setup-foot">
        <Space>
          <Button onClick={back} disabled={busy}>
            {t("back")}
          </Button>
        </Space>
        <div className="grow" />
        <Button type="primary" loading={busy} disabled={needsPassword} onClick={create}>
          {t("last.create")}
        </Button>
      </div>
    </>
  );
}
