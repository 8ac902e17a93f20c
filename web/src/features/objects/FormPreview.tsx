// The form as a role would have it, of the definition as it stands on the page: masked, locked and hidden as the policy says.

import { useQuery } from "@tanstack/react-query";
import { Alert, Select, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { FormLayout } from "@/shared/FormLayout";
import { ProblemPage } from "@/shared/ProblemView";
import type { Definition } from "./definition";

export function FormPreview({ object }: { object: Definition }) {
  const { t } = useTranslation("objects");
  const label = useLabel();
  const term = useTerms();
  const { workspace } = useMe();
  const [role, setRole] = useState("sales_rep");
  const layout = useQuery({
    queryKey: ["policy", "layout", role, object],
    queryFn: () =>
      data(
        api.POST("/api/v1/admin/roles/{role}/layout", {
          params: { path: { role } },
          body: { object: object as never },
        }),
      ),
  });
  const shown = layout.data?.objects.find((o) => o.name === object.name);
  const hidden = object.fields.filter((f) => !shown?.fields.some((s) => s.name === f.name));
  const makes = shown?.actions.includes("create") ?? false;
  return (
    <div className="roles-part layout-view">
      <p className="muted page-text">{t("preview.text")}</p>
      <Select
        aria-label={t("preview.role")}
        className="user-choice"
        value={role}
        onChange={setRole}
        options={workspace.roles.map((r) => ({ value: r.name, label: label(r.label) }))}
      />
      {layout.isPending ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : layout.isError ? (
        <ProblemPage problem={asProblem(layout.error)} onRetry={() => void layout.refetch()} />
      ) : !shown ? (
        <Alert type="info" showIcon title={t("preview.nothing")} description={t("preview.next")} />
      ) : (
        <>
          {!makes && <Alert type="info" showIcon title={t("preview.noCreate")} description={t("preview.next")} />}
          <section className="panel layout-form" aria-label={t("tab.preview")}>
            <p className="page-text">
              {shown.actions.map((a) => (
                <Tag key={a}>{term("action", a)}</Tag>
              ))}
            </p>
            <FormLayout fields={shown.fields} layout={shown.layout} />
            {hidden.length > 0 && (
              <p className="muted page-text">
                {t("preview.hidden")}{" "}
                {hidden.map((f) => (
                  <Tag key={f.name}>{label(f.label)}</Tag>
                ))}
              </p>
            )}
          </section>
        </>
      )}
    </div>
  );
}
