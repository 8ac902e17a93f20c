// The role matrix: role × operation on an object with its records, field levels by class, all rules, versions, and the console
// as a role has it. Who may publish edits a draft of it here; nothing is in force until it was reviewed and published.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Skeleton } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { MatrixRow, PolicyVersion } from "@/api/types";
import { useDuty } from "@/app/session";
import { usePolicy } from "@/shared/directory";
import { formatTime } from "@/shared/format";
import { EditIcon, PlusIcon } from "@/shared/icons";
import { PageTabs } from "@/shared/PageTabs";
import { ProblemPage } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { changes } from "./draft";
import { Matrix } from "./Matrix";
import { Review } from "./Review";
import { RoleDialog } from "./RoleDialog";
import { Rules } from "./Rules";
import type { RolesSearch } from "./search";
import { Versions } from "./Versions";
import { ViewAs } from "./ViewAs";
import "../access/access.css";
import "../audit/audit.css";
import "./people.css";

/** A draft of the next version, and what it began from. */
type Draft = { base: PolicyVersion; rows: MatrixRow[] };

export function RolesPage() {
  const { t } = useTranslation(["people", "common"]);
  const search = useSearch({ from: "/roles" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const policy = usePolicy();
  const mayEdit = useDuty("policy.manage");
  const [draft, setDraft] = useState<Draft>();
  const [reviewing, setReviewing] = useState(false);
  const [making, setMaking] = useState(false);
  const unsaved = useUnsaved("/roles");
  const count = draft ? changes(draft.base.policy.rows, draft.rows) : 0;
  const { setDirty } = unsaved;
  useEffect(() => setDirty(count > 0), [count, setDirty]);
  const change = (part: RolesSearch) => void navigate({ to: "/roles", search: { ...search, ...part }, replace: true });
  const edit = useCallback((rows: MatrixRow[]) => setDraft((d) => (d ? { ...d, rows } : d)), []);
  const published = async (version: number) => {
    setReviewing(false);
    setDraft(undefined);
    void message.success(t("review.done", { version }), 6);
    await queries.invalidateQueries({ queryKey: ["policy"] });
  };
  const restore = (earlier: MatrixRow[]) => {
    if (policy.data) setDraft({ base: policy.data, rows: earlier });
    setReviewing(true);
  };
  const rows = draft?.rows ?? policy.data?.policy.rows ?? [];
  const onEdit = draft ? edit : undefined;
  const shared = {
    rows,
    search,
    onChange: change,
    ...(draft ? { before: draft.base.policy.rows } : {}),
    ...(onEdit ? { onEdit } : {}),
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("roles.title")}</h1>
        {policy.data && (
          <span className="muted">
            {t("roles.version", { version: policy.data.version, time: formatTime(policy.data.at) })}
          </span>
        )}
        <div className="grow" />
        {mayEdit && policy.data && (
          <>
            <Button icon={<PlusIcon />} onClick={() => setMaking(true)}>
              {t("newRole.title")}
            </Button>
            {!draft && (
              <Button
                type="primary"
                icon={<EditIcon />}
                onClick={() => policy.data && setDraft({ base: policy.data, rows: policy.data.policy.rows })}
              >
                {t("edit.start")}
              </Button>
            )}
          </>
        )}
      </div>
      {policy.isPending ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : policy.isError ? (
        <ProblemPage problem={asProblem(policy.error)} onRetry={() => void policy.refetch()} />
      ) : (
        <PageTabs
          label={t("roles.title")}
          active={search.tab ?? "matrix"}
          onChange={(key) => change({ tab: key as "matrix" })}
          tabs={[
            { key: "matrix", label: t("roles.tab.matrix"), children: <Matrix {...shared} /> },
            { key: "rules", label: t("roles.tab.rules"), children: <Rules {...shared} /> },
            { key: "layout", label: t("roles.tab.layout"), children: <ViewAs search={search} onChange={change} /> },
            {
              key: "versions",
              label: t("roles.tab.versions"),
              children: <Versions current={policy.data.version} {...(mayEdit ? { onRestore: restore } : {})} />,
            },
          ]}
        />
      )}
      {draft && (
        <section className="panel edit-bar" aria-label={t("edit.draft")}>
          <span>{count === 0 ? t("edit.unchanged") : t("edit.changed", { count })}</span>
          <div className="grow" />
          <Button
            onClick={() =>
              void unsaved.close(() => {
                setDraft(undefined);
                unsaved.release(false);
              })
            }
          >
            {t("edit.discard")}
          </Button>
          <Button type="primary" disabled={count === 0} onClick={() => setReviewing(true)}>
            {t("edit.review")}
          </Button>
        </section>
      )}
      {draft && reviewing && (
        <Review
          base={draft.base.version}
          rows={draft.rows}
          onClose={() => setReviewing(false)}
          onPublished={(version) => void published(version)}
        />
      )}
      {making && (
        <RoleDialog
          onClose={() => setMaking(false)}
          onMade={(role) => {
            setMaking(false);
            change({ tab: "matrix", role });
            if (policy.data) setDraft((d) => d ?? { base: policy.data, rows: policy.data.policy.rows });
          }}
        />
      )}
    </div>
  );
}
