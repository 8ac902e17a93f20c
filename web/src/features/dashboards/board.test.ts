import dayjs from "dayjs";
import { describe, expect, it } from "vitest";
import type { ObjectForm } from "@/api/types";
import { type Card, conditionOf, conditionOfGroup, daysOf, readBoard, writeBoard } from "./board";

const field = (name: string, kind: string) => ({ name, type: { kind }, filterable: true });
const contract = {
  name: "contract",
  fields: [
    field("signed_on", "date"),
    field("amount", "money"),
    field("status", "choice"),
    field("seen_at", "date_time"),
  ],
} as unknown as ObjectForm;
const now = dayjs("2026-11-26T10:00:00");
const card = (more: Partial<Card>): Card => ({
  title: "a",
  chart: "bar",
  object: "contract",
  by: [],
  wide: false,
  ...more,
});

describe("a board", () => {
  it("is read as it was written", () => {
    const board = {
      cards: [card({ by: [{ field: "signed_on", step: "month" }], value: { field: "amount", work: "sum" } })],
    };
    expect(readBoard(writeBoard(board))).toEqual(board);
  });
  it("that cannot be read is none", () => {
    for (const text of [
      "",
      "{",
      "[]",
      '{"cards":[{"title":"a"}]}',
      '{"cards":[{"title":"a","chart":"pie","object":"x"}]}',
    ])
      expect(readBoard(text)).toBeUndefined();
  });
  it("has spans that move with today", () => {
    const days = (span: Parameters<typeof daysOf>[0]) => {
      const { from, to } = daysOf(span, now);
      return [from?.format("YYYY-MM-DD"), to?.format("YYYY-MM-DD")];
    };
    expect(days("this_quarter")).toEqual(["2026-10-01", "2026-12-31"]);
    expect(days("last_month")).toEqual(["2026-10-01", "2026-10-31"]);
    expect(days("past")).toEqual([undefined, "2026-11-25"]);
    expect(days("next30_days")).toEqual(["2026-11-26", "2026-12-25"]);
  });
});

describe("the list behind a group", () => {
  it("has the card's filter and the group's days", () => {
    const by = [{ field: "signed_on", step: "quarter" as const }, { field: "status" }];
    const filter = { test: { field: "status", op: "ne" as const, value: "draft" } };
    expect(conditionOfGroup(card({ by, filter }), contract, ["2026-Q4", null], now)).toEqual({
      condition: {
        all: [
          filter,
          { test: { field: "signed_on", op: "ge", value: "2026-10-01" } },
          { test: { field: "signed_on", op: "le", value: "2026-12-31" } },
          { test: { field: "status", op: "is_empty" } },
        ],
      },
    });
  });
  it("cannot be asked for where nobody is the owner", () => {
    expect(conditionOfGroup(card({ by: [{ field: "owner" }] }), contract, [null], now)).toBeUndefined();
  });
  it("takes moments where a field is a time", () => {
    const condition = conditionOf(card({ period: { field: "seen_at", span: "this_month" } }), contract, now);
    expect(JSON.stringify(condition)).toContain('"lt"');
  });
});
