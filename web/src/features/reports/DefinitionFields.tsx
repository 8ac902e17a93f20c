// What a report is of, as fields of a form: the same for one that is made now and for a plan.

import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";
import { useDuty, useMe } from "@/app/session";
import * as terms from "@/i18n/terms";
import { useTerms } from "@/i18n/terms";
import { AccountPicker } from "@/shared/fields/PersonPicker";
import { countsEvents, KINDS, type Kind, PARTS, type SectionId, UNITS } from "./report";

export type DefinitionForm = {
  kind: Kind;
  unit: (typeof UNITS)[number];
  department?: string | null;
  user?: string | null;
  customer?: string | null;
  sections?: SectionId[];
  channels?: string[];
  operations?: string[];
  readers?: string[];
};

/** What other systems say is in no number. */
const OPERATIONS = Object.keys(terms.en.action).filter((a) => a !== "foreign");

export const FIRST: DefinitionForm = { kind: "management", unit: "month", sections: [], readers: [] };

/** As the API takes it. */
export function definitionOf(form: DefinitionForm): components["schemas"]["ReportDefinition"] {
  const { kind, department, user, customer, sections, channels, operations, readers } = form;
  const about =
    kind === "department"
      ? { department: department ?? null }
      : kind === "person"
        ? { user: user ?? null }
        : kind === "customer" || kind === "subject"
          ? { customer: customer?.trim() ?? null }
          : {};
  // What the kind has not was chosen for another one.
  const parts: readonly SectionId[] = PARTS[kind];
  return {
    kind,
    ...about,
    sections: (sections ?? []).filter((s) => parts.includes(s)),
    channels: countsEvents(kind) ? (channels ?? []) : [],
    operations: countsEvents(kind) ? (operations ?? []) : [],
    readers: readers ?? [],
  };
}

export function DefinitionFields() {
  const { t } = useTranslation("reports");
  const form = Form.useFormInstance<DefinitionForm>();
  const kind = Form.useWatch("kind", form) ?? "management";
  const term = useTerms();
  const audits = useDuty("audit.read");
  const oversees = useDuty("programme.read");
  const { me, workspace } = useMe();
  const readers = useQuery({
    queryKey: ["report-readers"],
    queryFn: () => data(api.GET("/api/v1/reports/readers")),
    staleTime: 60_000,
  });
  // Who does not read the log has none made that tells of one.
  const kinds = KINDS.filter((k) => audits || !["person", "customer", "subject"].includes(k));
  const rules = [{ required: true, message: t("required") }];
  // Where things stand is the dashboard's; who has it not chooses the others.
  const parts = PARTS[kind].filter((s) => oversees || s !== "standing");
  return (
    <>
      <Form.Item name="kind" label={t("field.kind")} extra={t(`kindHelp.${kind}`)}>
        <Select options={kinds.map((k) => ({ value: k, label: t(`kind.${k}`) }))} />
      </Form.Item>
      {kind === "department" && (
        <Form.Item name="department" label={t("field.department")} rules={rules}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={workspace.departments.map((d) => ({ value: d.id, label: d.name }))}
          />
        </Form.Item>
      )}
      {kind === "person" && (
        <Form.Item name="user" label={t("field.user")} rules={rules}>
          <AccountPicker except={me.user.id} />
        </Form.Item>
      )}
      {(kind === "customer" || kind === "subject") && (
        <Form.Item name="customer" label={t("field.customer")} extra={t("help.customer")} rules={rules}>
          <Input className="mono" maxLength={36} />
        </Form.Item>
      )}
      <Form.Item name="unit" label={t("field.unit")}>
        <Select options={UNITS.map((u) => ({ value: u, label: t(`unit.${u}`) }))} />
      </Form.Item>
      {countsEvents(kind) && (
        <>
          <Form.Item name="channels" label={t("field.channels")} extra={t("help.channels")}>
            <Select
              mode="multiple"
              allowClear
              options={Object.keys(terms.en.channel).map((c) => ({ value: c, label: term("channel", c) }))}
            />
          </Form.Item>
          <Form.Item name="operations" label={t("field.operations")} extra={t("help.operations")}>
            <Select
              mode="multiple"
              allowClear
              maxCount={20}
              showSearch={{ optionFilterProp: "label" }}
              options={OPERATIONS.map((a) => ({ value: a, label: term("action", a) }))}
            />
          </Form.Item>
        </>
      )}
      <Form.Item name="readers" label={t("field.readers")} extra={t("help.readers")}>
        <Select
          mode="multiple"
          maxCount={50}
          showSearch={{ optionFilterProp: "label" }}
          options={(readers.data?.items ?? []).map((r) => ({ value: r.id, label: r.name }))}
        />
      </Form.Item>
      <Form.Item
        name="sections"
        label={t("field.sections")}
        extra={t("help.sections")}
        rules={parts.length < PARTS[kind].length ? rules : []}
      >
        <Checkbox.Group options={parts.map((s) => ({ value: s, label: t(`section.${s}`) }))} />
      </Form.Item>
    </>
  );
}
