// Versions of a definition: who made each, what it differs in from the one in force, and taking it back.

import { useQuery } from "@tanstack/react-query";
import { App, Button, Empty, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { FormDialog } from "@/shared/FormDialog";
import { Person } from "@/shared/fields/FieldText";
import { formatTime } from "@/shared/format";
import { ProblemAlert, ProblemPage } from "@/shared/ProblemView";
import { type Definition, type Difference, differences, type Versioned } from "./definition";
import { useChanged } from "./useDefinitions";

type Props = { object: Definition; current: number; may: boolean };

export function VersionsTab({ object, current, may }: Props) {
  const { t } = useTranslation(["objects", "common"]);
  const { message } = App.useApp();
  const changed = useChanged();
  const [open, setOpen] = useState<number>();
  const [back, setBack] = useState<number>();
  const path = { object: object.name };
  const all = useQuery({
    queryKey: ["objects", "history", object.name, current],
    queryFn: async () => (await data(api.GET("/api/v1/admin/objects/{object}/versions", { params: { path } }))).items,
  });
  if (all.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (all.isError) return <ProblemPage problem={asProblem(all.error)} onRetry={() => void all.refetch()} />;
  const restore = async () => {
    const body = { version: back ?? 0, current };
    await data(api.POST("/api/v1/admin/objects/{object}/restore", { params: { path }, body }));
    await changed();
    setBack(undefined);
    setOpen(undefined);
    void message.success(t("versions.restored"));
  };
  return (
    <div className="roles-part">
      <p className="muted page-text">{t("versions.text")}</p>
      <ol className="panel field-list" aria-label={t("tab.versions")}>
        {all.data.map((line) => (
          <li key={line.version} className="version-row">
            <div className="version-head">
              <strong>{t("versionOf", { version: line.version })}</strong>
              {line.version === current && <Tag color="success">{t("versions.current")}</Tag>}
              <span className="muted">
                {line.author && line.at ? (
                  <>
                    <Person id={line.author} /> · {formatTime(line.at)}
                  </>
                ) : (
                  t("versions.shipped")
                )}
              </span>
              <span className="grow" />
              {line.version !== current && (
                <>
                  <Button
                    size="small"
                    aria-expanded={open === line.version}
                    onClick={() => setOpen(open === line.version ? undefined : line.version)}
                  >
                    {t("versions.compare")}
                    <span className="visually-hidden"> {line.version}</span>
                  </Button>
                  {may && (
                    <Button size="small" onClick={() => setBack(line.version)}>
                      {t("versions.restore")}
                      <span className="visually-hidden"> {line.version}</span>
                    </Button>
                  )}
                </>
              )}
            </div>
            {open === line.version && <Compared object={object} version={line.version} />}
          </li>
        ))}
      </ol>
      {back !== undefined && (
        <FormDialog
          title={t("versions.restoreTitle", { version: back })}
          submit={t("versions.restore")}
          onSubmit={restore}
          onClose={() => setBack(undefined)}
        >
          <p>{t("versions.restoreText")}</p>
          <Compared object={object} version={back} />
        </FormDialog>
      )}
    </div>
  );
}

/** What would be different if the version were in force instead of the one that is. */
function Compared({ object, version }: { object: Definition; version: number }) {
  const { t } = useTranslation("objects");
  const then = useQuery({
    queryKey: ["objects", "history", object.name, "one", version],
    queryFn: () =>
      data(
        api.GET("/api/v1/admin/objects/{object}/versions/{version}", {
          params: { path: { object: object.name, version } },
        }),
      ),
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (then.isPending) return <Skeleton active paragraph={{ rows: 2 }} title={false} />;
  if (then.isError) return <ProblemAlert problem={asProblem(then.error)} onRetry={() => void then.refetch()} />;
  const found = differences((then.data as unknown as Versioned).object, object);
  if (found.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("versions.same", { version })} />;
  return (
    <ul className="version-diff">
      {found.map((difference) => (
        <li key={"field" in difference ? `${difference.what}-${difference.field.name}` : difference.what}>
          <Line difference={difference} />
        </li>
      ))}
    </ul>
  );
}

function Line({ difference }: { difference: Difference }) {
  const { t } = useTranslation(["objects", "common"]);
  const label = useLabel();
  if (!("field" in difference)) return t(`versions.diff.${difference.what}`);
  const field = label(difference.field.label);
  if (difference.what !== "changed") return t(`versions.diff.${difference.what}`, { field });
  const parts = difference.parts.map((part) => t(`part.${part as "label"}`)).join(t("common:listComma"));
  return t("versions.diff.changed", { field, parts });
}
