// What there is 对象: every object type, and new ones without code. None is special: what is made here has lists, forms, rights and
// records of access like the others.

import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Empty, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useDuty } from "@/app/session";
import { useLabel } from "@/i18n";
import { GuideLink } from "@/shared/GuideLink";
import { PlusIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { CreateObject } from "./CreateObject";
import { useDefinitions } from "./useDefinitions";
import "../access/access.css";
import "../audit/audit.css";
import "../people/people.css";
import "./objects.css";

export function ObjectsPage() {
  const { t } = useTranslation("objects");
  const label = useLabel();
  const navigate = useNavigate();
  const may = useDuty("object.manage");
  const [creating, setCreating] = useState(false);
  const all = useDefinitions();
  const create = may && (
    <Button type="primary" icon={<PlusIcon />} onClick={() => setCreating(true)}>
      {t("create.title")}
    </Button>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <div className="grow" />
        {create}
      </div>
      <p className="muted page-text">
        {t("text")} <GuideLink page="admin" />
      </p>
      {all.isPending ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : all.isError ? (
        <ProblemPage problem={asProblem(all.error)} onRetry={() => void all.refetch()} />
      ) : all.data.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("none")}>
          {create}
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <div className="panel matrix" tabIndex={0} role="region" aria-label={t("title")}>
          <table>
            <thead>
              <tr>
                {(["object", "name", "fields", "belongs", "pool", "version"] as const).map((c) => (
                  <th key={c} scope="col">
                    {t(`col.${c}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {all.data.map(({ version, object }) => (
                <tr key={object.name}>
                  <th scope="row">
                    <Link to="/objects/$object" params={{ object: object.name }} search={{}} className="link-small">
                      {label(object.label)}
                    </Link>
                  </th>
                  <td className="mono">{object.name}</td>
                  <td>{object.fields.length}</td>
                  <td>{object.customer_field ? t("belongs") : "—"}</td>
                  <td>{object.has_pool ? <Tag>{t("pool")}</Tag> : "—"}</td>
                  <td>{version}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {creating && (
        <CreateObject
          onClose={() => setCreating(false)}
          onMade={(object) => void navigate({ to: "/objects/$object", params: { object }, search: {} })}
        />
      )}
    </div>
  );
}
