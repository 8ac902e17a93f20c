// What other systems stated of people's training, newest first, with what became of it.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Empty, Grid, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { components } from "@/api/schema";
import { useLabel } from "@/i18n";
import { formatTime } from "@/shared/format";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { usePages } from "@/shared/usePages";
import { type CourseCard, malformedOf, OUTCOMES, type Outcome, outcomeOf, REFUSED, TRAINING } from "./training";

type Item = components["schemas"]["StatementItem"];
const PAGE = 50;
const itemsOf = (page: { items: Item[] }) => page.items;
const colourOf = (outcome: Outcome) =>
  outcome === "passed" ? "success" : REFUSED.includes(outcome) ? "error" : "default";

export function Statements({ courses }: { courses: CourseCard[] }) {
  const { t } = useTranslation("training");
  const label = useLabel();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const [outcome, setOutcome] = useState<Exclude<Outcome, "known"> | "">("");
  const list = useInfiniteQuery({
    queryKey: [...TRAINING, "statements", outcome],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}), ...(outcome ? { outcome } : {}) };
      return data(api.GET("/api/v1/training/statements", { signal, params: { query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const { table, failed } = usePages(list, itemsOf);
  const course = (row: Item) => {
    const found = courses.find((c) => c.id === row.course);
    return found ? label(found.title) : (row.activity ?? "—");
  };
  const tag = (row: Item) => (
    <Tag color={colourOf(outcomeOf(row.outcome))}>{t(`outcome.${outcomeOf(row.outcome)}`)}</Tag>
  );
  const why = (row: Item) => {
    const code = malformedOf(row.reason);
    return code === undefined ? null : t(`malformed.${code}`);
  };
  const who = (row: Item) => row.name ?? row.actor ?? "—";
  const marks = (row: Item) => (row.percent === null ? "—" : `${row.percent}%`);
  const columns: Column<Item>[] = [
    { key: "at", title: t("statements.at"), width: 150, pinned: true, render: (row) => formatTime(row.at) },
    { key: "who", title: t("name"), width: 180, render: who },
    { key: "course", title: t("course"), width: 220, render: course },
    {
      key: "outcome",
      title: t("statements.outcome"),
      width: 220,
      render: (row) => (
        <>
          {tag(row)} {why(row)}
        </>
      ),
    },
    { key: "marks", title: t("statements.marks"), width: 80, render: marks },
    {
      key: "said",
      title: t("statements.said"),
      width: 150,
      render: (row) => (row.said_at === null ? "—" : formatTime(row.said_at)),
    },
    { key: "by", title: t("statements.by"), width: 140, render: (row) => row.file ?? row.by_name },
  ];
  const card = (row: Item) => (
    <>
      <div className="card-title">
        {who(row)} {tag(row)}
      </div>
      <div>{course(row)}</div>
      <div className="muted">
        {[why(row), row.file ?? row.by_name, formatTime(row.at)].filter((part) => part !== null).join(" · ")}
      </div>
    </>
  );
  return (
    <section className="training-kind" aria-label={t("statements.title")}>
      <div className="training-head">
        <h2>{t("statements.title")}</h2>
        <Select
          aria-label={t("statements.outcome")}
          value={outcome}
          onChange={setOutcome}
          style={{ minWidth: 180 }}
          options={[
            { value: "" as const, label: t("all") },
            ...OUTCOMES.filter((name) => name !== "known").map((value) => ({ value, label: t(`outcome.${value}`) })),
          ]}
        />
      </div>
      {failed ?? (
        <DataTable<Item>
          label={t("statements.title")}
          rowKey={(row) => row.id}
          columns={columns}
          narrow={narrow}
          density="normal"
          card={card}
          empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("statements.none")} />}
          {...table}
        />
      )}
    </section>
  );
}
