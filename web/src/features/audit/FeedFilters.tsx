// The filters of the access log. What is chosen stands in the address at once.

import { Button, Drawer, Grid, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import * as terms from "@/i18n/terms";
import { useTerms } from "@/i18n/terms";
import { useAccountOptions, useObjects } from "@/shared/directory";
import { FilterIcon } from "@/shared/icons";
import { PeriodPicker } from "./PeriodPicker";
import { type FeedSearch, filterCount } from "./search";

/** Names of all operations, as the API has them. */
const ACTIONS = Object.entries(terms.en.action).flatMap(([name, word]) =>
  typeof word === "string" ? [name] : Object.keys(word).map((part) => `${name}.${part}`),
);
const ADMIN = [
  "user.manage",
  "handover",
  "role.assign",
  "policy.manage",
  "object.manage",
  "setting.manage",
  "key.manage",
  "hold.manage",
  "retention.apply",
  "audit_policy.manage",
  "audit_policy.consent",
  "detection.manage",
  "response.take",
  "response.run",
  "canary.manage",
  "feed.manage",
  "ledger.verify",
  "alert.handle",
  "case.handle",
  "erase",
  "backup",
];
const QUICK = {
  all: {},
  reveal: { actions: ["reveal"] },
  export: { actions: ["export"] },
  refused: { decisions: ["refused"] },
  unexplained: { explained: "no" },
  admin: { actions: ADMIN },
  foreign: { foreign: "yes" },
} as const;
type Quick = keyof typeof QUICK;
type Want = { actions?: readonly string[]; decisions?: readonly string[]; explained?: "yes" | "no"; foreign?: "yes" };

const same = (a: readonly string[] | undefined, b: readonly string[] | undefined) =>
  JSON.stringify([...(a ?? [])].sort()) === JSON.stringify([...(b ?? [])].sort());

type Props = { search: FeedSearch; onChange: (search: FeedSearch) => void };

export function FeedFilters({ search, onChange }: Props) {
  const { t } = useTranslation("audit");
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const [open, setOpen] = useState(false);
  const count = filterCount(search);
  const quick = (Object.keys(QUICK) as Quick[]).find((name) => {
    const want: Want = QUICK[name];
    return (
      same(want.actions, search.actions) &&
      same(want.decisions, search.decisions) &&
      want.explained === search.explained &&
      want.foreign === search.foreign
    );
  });
  const choose = (name: Quick) => {
    const { actions: _a, decisions: _d, explained: _e, foreign: _f, ...rest } = search;
    const want: Want = QUICK[name];
    onChange({
      ...rest,
      ...(want.actions ? { actions: [...want.actions] } : {}),
      ...(want.decisions ? { decisions: [...want.decisions] } : {}),
      ...(want.explained ? { explained: want.explained } : {}),
      ...(want.foreign ? { foreign: want.foreign } : {}),
    });
  };
  return (
    <div className="feed-filters">
      <Segmented<Quick | "">
        aria-label={t("filter.quick")}
        value={quick ?? ""}
        onChange={(name) => name !== "" && choose(name)}
        options={(Object.keys(QUICK) as Quick[]).map((name) => ({ value: name, label: t(`filter.${name}`) }))}
      />
      {!narrow && <PeriodPicker narrow={false} value={search} onChange={(p) => onChange(withPeriod(search, p))} />}
      <Button
        icon={<FilterIcon />}
        type={count > 0 ? "primary" : "default"}
        ghost={count > 0}
        onClick={() => setOpen(true)}
      >
        {count > 0 ? t("filter.count", { count }) : t("filter.title")}
      </Button>
      {count > 0 && (
        <Button type="link" onClick={() => onChange({})}>
          {t("filter.clear")}
        </Button>
      )}
      <Drawer open={open} onClose={() => setOpen(false)} title={t("filter.title")} size={narrow ? "100%" : 420}>
        <FilterForm search={search} onChange={onChange} narrow={narrow} />
      </Drawer>
    </div>
  );
}

const withPeriod = (search: FeedSearch, period: { from?: number; to?: number }): FeedSearch => {
  const { from: _f, to: _t, ...rest } = search;
  return { ...rest, ...period };
};

function FilterForm({ search, onChange, narrow }: Props & { narrow: boolean }) {
  const { t } = useTranslation("audit");
  const label = useLabel();
  const term = useTerms();
  const { workspace } = useMe();
  const accounts = useAccountOptions();
  const objects = useObjects();
  const many = (
    name: "users" | "departments" | "objects" | "actions" | "decisions" | "channels",
    options: { value: string; label: string }[],
  ) => (
    <div className="filter-part">
      <label htmlFor={`filter-${name}`}>{t(`filter.${name}`)}</label>
      <Select
        id={`filter-${name}`}
        mode="multiple"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("filter.any")}
        value={search[name] ?? []}
        onChange={(values: string[]) => {
          const { [name]: _, ...rest } = search;
          onChange(values.length > 0 ? { ...rest, [name]: values } : rest);
        }}
        options={options}
        style={{ width: "100%" }}
      />
    </div>
  );
  return (
    <div className="filter-parts">
      <div className="filter-part">
        <span>{t("filter.period")}</span>
        <PeriodPicker narrow={narrow} value={search} onChange={(p) => onChange(withPeriod(search, p))} />
      </div>
      {many("users", accounts)}
      {many(
        "departments",
        workspace.departments.map((d) => ({ value: d.id, label: d.name })),
      )}
      {many(
        "actions",
        ACTIONS.map((a) => ({ value: a, label: term("action", a) })),
      )}
      {many(
        "objects",
        objects.map((o) => ({ value: o.name, label: label(o.label) })),
      )}
      {many(
        "decisions",
        Object.keys(terms.en.decision).map((d) => ({ value: d, label: term("decision", d) })),
      )}
      {many(
        "channels",
        Object.keys(terms.en.channel).map((c) => ({ value: c, label: term("channel", c) })),
      )}
      <div className="filter-part">
        <label htmlFor="filter-explained">{t("filter.explained")}</label>
        <Select<"yes" | "no">
          id="filter-explained"
          allowClear
          placeholder={t("filter.any")}
          value={search.explained ?? null}
          onChange={(value?: "yes" | "no") => {
            const { explained: _, ...rest } = search;
            onChange(value ? { ...rest, explained: value } : rest);
          }}
          options={[
            { value: "no", label: t("filter.without") },
            { value: "yes", label: t("filter.with") },
          ]}
          style={{ width: "100%" }}
        />
      </div>
      <div className="filter-part">
        <label htmlFor="filter-foreign">{t("filter.whose")}</label>
        <Select<"yes" | "no">
          id="filter-foreign"
          allowClear
          placeholder={t("filter.any")}
          value={search.foreign ?? null}
          onChange={(value?: "yes" | "no") => {
            const { foreign: _, ...rest } = search;
            onChange(value ? { ...rest, foreign: value } : rest);
          }}
          options={[
            { value: "no", label: t("filter.here") },
            { value: "yes", label: t("filter.elsewhere") },
          ]}
          style={{ width: "100%" }}
        />
      </div>
      <div className="filter-part">
        <label htmlFor="filter-sources">{t("filter.sources")}</label>
        <Select
          id="filter-sources"
          mode="tags"
          allowClear
          placeholder={t("filter.any")}
          value={search.sources ?? []}
          onChange={(values: string[]) => {
            const { sources: _, ...rest } = search;
            const names = values.filter((name) => /^[a-z][a-z0-9_]{0,39}$/.test(name));
            onChange(names.length > 0 ? { ...rest, sources: names } : rest);
          }}
          options={[]}
          style={{ width: "100%" }}
        />
      </div>
    </div>
  );
}
