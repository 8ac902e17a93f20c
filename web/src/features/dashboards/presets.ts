// Boards to begin with. Each is offered as far as the person can ask what its cards ask.

import type { Card } from "./board";

export const PRESETS = ["funnel", "targets", "payments", "activity"] as const;
export type Preset = (typeof PRESETS)[number];

type Words = (key: CardTitle) => string;
export type CardTitle =
  | "openDeals"
  | "funnel"
  | "wonByMonth"
  | "closing"
  | "signedByMonth"
  | "receivedByMonth"
  | "signedByPerson"
  | "targets"
  | "overdue"
  | "dueSoon"
  | "overdueByPerson"
  | "dueByMonth"
  | "activityByPerson"
  | "activityByType"
  | "activityByDay"
  | "newCustomers";

const sum = { field: "amount", work: "sum" as const };
const unpaid = { not: { test: { field: "done", op: "eq" as const, value: true } } };
const open = {
  test: { field: "stage", op: "in" as const, value: ["prospecting", "engaging", "proposal", "negotiation"] },
};
const won = { test: { field: "stage", op: "eq" as const, value: "won" } };
const signed = { test: { field: "status", op: "ne" as const, value: "draft" } };

export function presetCards(preset: Preset, t: Words): Card[] {
  const card = (title: CardTitle, more: Omit<Card, "title" | "wide" | "by"> & Partial<Card>): Card => ({
    by: [],
    wide: false,
    ...more,
    title: t(title),
  });
  const month = (field: string) => [{ field, step: "month" as const }];
  switch (preset) {
    case "funnel":
      return [
        card("openDeals", { chart: "number", object: "opportunity", value: sum, filter: open }),
        card("funnel", { chart: "funnel", object: "opportunity", by: [{ field: "stage" }], filter: open, value: sum }),
        card("closing", {
          chart: "bar",
          object: "opportunity",
          by: month("closes_on"),
          value: sum,
          filter: open,
          period: { field: "closes_on", span: "next90_days" },
        }),
        card("wonByMonth", {
          chart: "line",
          object: "opportunity",
          by: month("closes_on"),
          value: sum,
          filter: won,
          period: { field: "closes_on", span: "this_year" },
        }),
      ];
    case "targets":
      return [
        card("signedByMonth", {
          chart: "bar",
          object: "contract",
          by: month("signed_on"),
          value: sum,
          filter: signed,
          period: { field: "signed_on", span: "this_year" },
        }),
        card("receivedByMonth", {
          chart: "line",
          object: "payment",
          by: month("received_on"),
          value: sum,
          period: { field: "received_on", span: "this_year" },
        }),
        card("signedByPerson", {
          chart: "bar",
          object: "contract",
          by: [{ field: "owner" }],
          value: sum,
          filter: signed,
          period: { field: "signed_on", span: "this_quarter" },
        }),
        card("targets", {
          chart: "table",
          object: "target",
          by: [{ field: "owner" }, { field: "measure" }],
          value: sum,
          period: { field: "starts_on", span: "this_quarter" },
        }),
      ];
    case "payments":
      return [
        card("overdue", {
          chart: "number",
          object: "payment_plan",
          value: sum,
          filter: unpaid,
          period: { field: "due_on", span: "past" },
        }),
        card("dueSoon", {
          chart: "number",
          object: "payment_plan",
          value: sum,
          filter: unpaid,
          period: { field: "due_on", span: "next30_days" },
        }),
        card("dueByMonth", { chart: "bar", object: "payment_plan", by: month("due_on"), value: sum, filter: unpaid }),
        card("overdueByPerson", {
          chart: "bar",
          object: "payment_plan",
          by: [{ field: "owner" }],
          value: sum,
          filter: unpaid,
          period: { field: "due_on", span: "past" },
        }),
      ];
    case "activity":
      return [
        card("activityByPerson", {
          chart: "bar",
          object: "follow_up",
          by: [{ field: "owner" }],
          period: { field: "happened_at", span: "last30_days" },
        }),
        card("activityByType", {
          chart: "bar",
          object: "follow_up",
          by: [{ field: "type" }],
          period: { field: "happened_at", span: "last30_days" },
        }),
        card("activityByDay", {
          chart: "line",
          object: "follow_up",
          by: [{ field: "happened_at", step: "day" }],
          period: { field: "happened_at", span: "last30_days" },
        }),
        card("newCustomers", {
          chart: "bar",
          object: "customer",
          by: [{ field: "created_at", step: "month" }],
          period: { field: "created_at", span: "this_year" },
        }),
      ];
  }
}
