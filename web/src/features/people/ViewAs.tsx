// The console as a holder of one role would have it 以角色查看: navigation, lists and forms, without any data. Never as a person.

import { useQuery } from "@tanstack/react-query";
import { Empty, Select, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { ObjectForm } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { FormLayout } from "@/shared/FormLayout";
import { GuideLink } from "@/shared/GuideLink";
import { ProblemPage } from "@/shared/ProblemView";
import type { RolesSearch } from "./search";

type Props = { search: RolesSearch; onChange: (part: RolesSearch) => void };

export function ViewAs({ search, onChange }: Props) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const { workspace } = useMe();
  const role = search.role ?? "sales_rep";
  return (
    <div className="roles-part layout-view">
      <p className="muted page-text">{t("view.text")}</p>
      <Select
        aria-label={t("roles.role")}
        className="user-choice"
        value={role}
        onChange={(value) => onChange({ role: value })}
        options={workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }))}
      />
      <Layout key={role} role={role} search={search} onChange={onChange} />
    </div>
  );
}

function Layout({ role, search, onChange }: Props & { role: string }) {
  const { t } = useTranslation("people");
  const label = useLabel();
  const term = useTerms();
  const layout = useQuery({
    queryKey: ["policy", "layout", role],
    queryFn: () =>
      data(api.POST("/api/v1/admin/roles/{role}/layout", { params: { path: { role } }, body: { object: null } })),
  });
  if (layout.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (layout.isError) return <ProblemPage problem={asProblem(layout.error)} onRetry={() => void layout.refetch()} />;
  const { objects, duties } = layout.data;
  const shown = objects.find((o) => o.name === search.object) ?? objects[0];
  return (
    <>
      {duties.length > 0 && (
        <p className="page-text">
          {t("view.duties")}{" "}
          {duties.map((d) => (
            <Tag key={d}>{term("action", d)}</Tag>
          ))}
        </p>
      )}
      {!shown ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("view.none")}>
          <GuideLink page="security" />
        </Empty>
      ) : (
        <>
          <Select
            aria-label={t("roles.object")}
            className="user-choice"
            value={shown.name}
            onChange={(value) => onChange({ object: value })}
            options={objects.map((o) => ({ value: o.name, label: label(o.label) }))}
          />
          <ObjectLayout object={shown} />
        </>
      )}
    </>
  );
}

function ObjectLayout({ object }: { object: ObjectForm }) {
  const { t } = useTranslation("people");
  const term = useTerms();
  return (
    <section className="panel layout-form" aria-label={t("view.form")}>
      <p className="page-text">
        {object.actions.map((a) => (
          <Tag key={a}>{term("action", a)}</Tag>
        ))}
      </p>
      <FormLayout fields={object.fields} />
    </section>
  );
}
