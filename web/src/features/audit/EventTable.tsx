// Events as a list, newest first.

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { useObjectWords } from "@/shared/directory";
import { useDepartmentName } from "@/shared/fields/people";
import { type Column, DataTable } from "@/shared/table/DataTable";
import type { Paged } from "@/shared/usePages";
import { Decision, ForeignTag, Rules, StateTag, Unexplained } from "./parts";
import { useRowParts } from "./rowParts";

type Props = Paged<AuditEvent> & {
  onOpen: (event: AuditEvent) => void;
  empty: ReactNode;
  label: string;
  /** Left out where all rows are of one user. */
  users?: boolean;
};

export function EventTable({ rows, onOpen, users = true, label, ...rest }: Props) {
  const { t } = useTranslation("audit");
  const term = useTerms();
  const words = useObjectWords();
  const department = useDepartmentName();
  const parts = useRowParts(onOpen);
  const columns: Column<AuditEvent>[] = [
    parts.at,
    ...(users
      ? [
          parts.user,
          {
            key: "department",
            title: t("col.department"),
            width: 120,
            render: (row: AuditEvent) => (row.department ? (department(row.department) ?? "—") : "—"),
          },
        ]
      : []),
    parts.action(170),
    {
      key: "object",
      title: t("col.object"),
      width: 80,
      render: (row) => row.foreign?.object ?? (row.object ? words.object(row.object) : "—"),
    },
    {
      key: "decision",
      title: t("col.decision"),
      width: 110,
      render: (row) => (
        <>
          {row.foreign ? <ForeignTag source={row.foreign.source} /> : <Decision decision={row.decision} />}
          <StateTag state={row.state} />
        </>
      ),
    },
    { key: "touches", title: t("col.touches"), width: 80, align: "end", render: (row) => row.touches || "—" },
    {
      key: "unexplained",
      title: t("col.unexplained"),
      width: 80,
      align: "end",
      render: (row) => <Unexplained count={row.unexplained} />,
    },
    { key: "channel", title: t("col.channel"), width: 80, render: (row) => term("channel", row.channel) },
    { key: "source", title: t("col.source"), width: 120, render: (row) => row.foreign?.address ?? row.source ?? "—" },
    { key: "rules", title: t("col.rules"), width: 300, render: (row) => <Rules rules={row.rules} /> },
  ];
  return (
    <DataTable
      label={label}
      rows={rows}
      rowKey={(row) => row.event}
      columns={columns}
      narrow={parts.narrow}
      density="normal"
      onOpen={onOpen}
      card={(row) => (
        <div className="card">
          {parts.title(row)}
          <div className="card-line event-line">
            {term("action", row.foreign?.action ?? row.action)} {row.object ? words.object(row.object) : ""}{" "}
            {row.foreign ? <ForeignTag source={row.foreign.source} /> : <Decision decision={row.decision} />}
            <StateTag state={row.state} />
          </div>
          <div className="card-line muted">
            {term("channel", row.channel)} · {row.source ?? "—"}
            {row.touches > 0 && ` · ${t("col.touches")} ${row.touches}`}
            {row.unexplained !== null && row.unexplained > 0 && (
              <>
                {" · "}
                {t("col.unexplained")} <Unexplained count={row.unexplained} />
              </>
            )}
          </div>
        </div>
      )}
      {...rest}
    />
  );
}
