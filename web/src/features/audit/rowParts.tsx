// What rows of events and rows of accesses to a record have in common.

import { Grid } from "antd";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/types";
import { useTerms } from "@/i18n/terms";
import { formatTime } from "@/shared/format";
import type { Column } from "@/shared/table/DataTable";
import { useWho } from "./parts";

type Common = Pick<AuditEvent, "at" | "action" | "user" | "user_name" | "on_behalf_of"> &
  Partial<Pick<AuditEvent, "foreign">>;

export function useRowParts<T extends Common>(open: (row: T) => void) {
  const { t } = useTranslation("audit");
  const term = useTerms();
  const here = useWho();
  // Who acted in another system acted there, and not here.
  const who = (row: T) => (row.foreign ? `${row.foreign.user ?? "?"} @ ${row.foreign.source}` : here(row));
  const when = (row: T) => (
    <button type="button" className="row-open" onClick={() => open(row)}>
      {formatTime(row.foreign?.at ?? row.at)}
    </button>
  );
  return {
    narrow: !(Grid.useBreakpoint().md ?? true),
    /** First line of a card. */
    title: (row: T) => (
      <div className="card-title">
        {when(row)} · {who(row)}
      </div>
    ),
    at: { key: "at", title: t("col.at"), width: 150, render: when } satisfies Column<T>,
    user: { key: "user", title: t("col.user"), width: 120, render: who } satisfies Column<T>,
    action: (width: number): Column<T> => ({
      key: "action",
      title: t("col.action"),
      width,
      render: (row) => term("action", row.foreign?.action ?? row.action),
    }),
  };
}
