// "Who looked at this": the record's accesses, for those who answer for it.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Empty, Grid, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { Look, ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { useTerms } from "@/i18n/terms";
import { useColleagues } from "@/shared/fields/people";
import { formatTime } from "@/shared/format";
import { type Column, DataTable } from "@/shared/table/DataTable";
import { usePages } from "@/shared/usePages";

const itemsOf = (page: { items: Look[] }) => page.items;

export function LooksTab({ object, record }: { object: ObjectForm; record: RecordView }) {
  const { t } = useTranslation(["records", "common", "comments", "attachments"]);
  const label = useLabel();
  const term = useTerms();
  const { name } = useColleagues();
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const path = { object: object.name, id: record.id };
  const looks = useInfiniteQuery({
    queryKey: ["looks", object.name, record.id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      data(
        api.GET("/api/v1/records/{object}/{id}/looks", {
          params: { path, query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    // Asked anew each time the tab is opened: it is about what happens now.
    staleTime: 0,
    gcTime: 0,
  });
  const { table, failed } = usePages(looks, itemsOf);

  const fieldNames = (names: string[]) =>
    names.map((n) => {
      const field = object.fields.find((f) => f.name === n);
      if (field) return label(field.label);
      // Not fields: what was said, and the files of the record.
      if (n === "comments") return t("comments:comments");
      return n === "attachments" ? t("attachments:tab") : n;
    });
  const seen = (look: Look) => {
    if (look.state === "altered") return <Tag color="red">{t("looks.altered")}</Tag>;
    if (look.state === "dropped") return <span className="muted">{t("looks.dropped")}</span>;
    const parts = [
      fieldNames(look.shown).join(t("common:listComma")),
      look.masked.length > 0
        ? t("looks.maskedFields", { fields: fieldNames(look.masked).join(t("common:listComma")) })
        : "",
    ].filter(Boolean);
    return parts.length > 0 ? (
      <span title={parts.join(" · ")}>{parts.join(" · ")}</span>
    ) : (
      <span className="muted">{t("looks.noFields")}</span>
    );
  };
  const who = (look: Look) =>
    look.on_behalf_of
      ? `${look.user_name} (${t("looks.onBehalf", { name: name(look.on_behalf_of) ?? t("formerColleague") })})`
      : look.user_name;
  const columns: Column<Look>[] = [
    { key: "at", title: t("looks.at"), width: 150, render: (look) => formatTime(look.at) },
    { key: "user", title: t("looks.user"), width: 140, render: who },
    { key: "action", title: t("looks.action"), width: 120, render: (look) => term("action", look.action) },
    {
      key: "decision",
      title: t("looks.decision"),
      width: 100,
      render: (look) => (
        <Tag color={look.decision === "refused" ? "warning" : "default"}>{term("decision", look.decision)}</Tag>
      ),
    },
    { key: "channel", title: t("looks.channel"), width: 90, render: (look) => term("channel", look.channel) },
    { key: "fields", title: t("looks.fields"), width: 480, render: seen },
  ];
  if (failed) return failed;
  return (
    <div className="related">
      <Typography.Text type="secondary">{t("looks.text")}</Typography.Text>
      <DataTable
        label={t("record.seen")}
        {...table}
        rowKey={(look) => look.event}
        columns={columns}
        narrow={narrow}
        card={(look) => (
          <div className="card">
            <div className="card-title">
              {who(look)} · {term("action", look.action)} · {term("decision", look.decision)}
            </div>
            <div className="muted">
              {formatTime(look.at)} · {term("channel", look.channel)}
            </div>
            <div className="card-line">{seen(look)}</div>
          </div>
        )}
        density="normal"
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("looks.none")} />}
      />
    </div>
  );
}
