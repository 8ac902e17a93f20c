// One object type: its fields in order, its form as a role would have it, and what it is called.

import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Empty, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemPage } from "@/shared/ProblemView";
import { ApprovalTab } from "./ApprovalTab";
import { CardFields } from "./CardFields";
import type { Definition, Layout } from "./definition";
import { FieldList } from "./FieldList";
import { FormPreview } from "./FormPreview";
import { LayoutDesigner } from "./LayoutDesigner";
import { ObjectSettings } from "./ObjectSettings";
import { RulesTab } from "./RulesTab";
import { useDefinitions } from "./useDefinitions";
import { VersionsTab } from "./VersionsTab";
import "../access/access.css";
import "../audit/audit.css";
import "../people/people.css";
import "./objects.css";

function withLayout({ layout: _, ...object }: Definition, layout: Layout | null): Definition {
  return layout ? { ...object, layout } : object;
}

export function ObjectPage() {
  const { t } = useTranslation(["objects", "common"]);
  const label = useLabel();
  const { object: name } = useParams({ from: "/objects/$object" });
  const search = useSearch({ from: "/objects/$object" });
  const navigate = useNavigate();
  const may = useDuty("object.manage");
  const mayAudit = useDuty("audit.read");
  const all = useDefinitions();
  const found = all.data?.find((o) => o.object.name === name);
  // The order a person tries out, before it is kept: the preview follows it.
  const [order, setOrder] = useState<string[]>();
  // The same of the layout; `null` is none.
  const [layout, setLayout] = useState<Layout | null>();
  const ordered =
    found && order && order.length === found.object.fields.length
      ? {
          ...found.object,
          fields: order.flatMap((f) => found.object.fields.filter((d) => d.name === f)),
        }
      : found?.object;
  const shown = ordered && layout !== undefined ? withLayout(ordered, layout) : ordered;
  return (
    <div className="page">
      <div className="page-head">
        <Link to="/objects" className="link-small">
          {t("title")}
        </Link>
        <h1>{shown ? label(shown.label) : name}</h1>
        {found && (
          <span className="muted">
            <span className="mono">{name}</span> · {t("versionOf", { version: found.version })}
          </span>
        )}
      </div>
      {mayAudit && (
        <Link to="/audit/log" search={{ actions: ["object.manage"] }} className="link-small">
          {t("changes")}
        </Link>
      )}
      {all.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : all.isError ? (
        <ProblemPage problem={asProblem(all.error)} onRetry={() => void all.refetch()} />
      ) : !shown ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("noSuch")} />
      ) : (
        <PageTabs
          label={label(shown.label)}
          active={search.tab ?? "fields"}
          onChange={(key) =>
            void navigate({
              to: "/objects/$object",
              params: { object: name },
              search: { tab: key as "fields" },
              replace: true,
            })
          }
          tabs={[
            {
              key: "fields",
              label: t("tab.fields"),
              children: <FieldList object={shown} may={may} moved={order !== undefined} onOrder={setOrder} />,
            },
            {
              key: "rules",
              label: t("tab.rules"),
              children: <RulesTab object={found?.object ?? shown} may={may} />,
            },
            {
              key: "layout",
              label: t("tab.layout"),
              children: (
                <>
                  <LayoutDesigner object={found?.object ?? shown} may={may} layout={layout} onLayout={setLayout} />
                  <CardFields object={found?.object ?? shown} may={may} />
                </>
              ),
            },
            { key: "preview", label: t("tab.preview"), children: <FormPreview object={shown} /> },
            {
              key: "versions",
              label: t("tab.versions"),
              children: <VersionsTab object={found?.object ?? shown} current={found?.version ?? 0} may={may} />,
            },
            {
              key: "approval",
              label: t("tab.approval"),
              children: <ApprovalTab key={found?.version} object={found?.object ?? shown} may={may} />,
            },
            {
              key: "settings",
              label: t("tab.settings"),
              children: <ObjectSettings key={found?.version} object={shown} may={may} />,
            },
          ]}
        />
      )}
    </div>
  );
}
