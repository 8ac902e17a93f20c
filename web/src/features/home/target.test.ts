import dayjs from "dayjs";
import { expect, it } from "vitest";
import { below, countedFor, periodOf, resultOf, targetsOf } from "./target";

const named = { period: "period", starts: "starts_on", reach: "reach", measure: "measure", amount: "amount" };
const row = (period: string, starts_on: string, reach = "person") => ({
  id: starts_on,
  owner: "u",
  department: "east",
  fields: { name: "a", period, starts_on, reach, measure: "signed", amount: 100 },
});
const today = dayjs("2026-11-26");

it("is of now while its period lasts", () => {
  const rows = [
    row("month", "2026-11-01"),
    row("month", "2026-10-01"),
    row("quarter", "2026-10-01"),
    row("year", "2026-01-01"),
  ];
  expect(targetsOf(rows, named, "name", today).map((t) => t.id)).toEqual(["2026-11-01", "2026-10-01", "2026-01-01"]);
  expect(periodOf("quarter", "2026-10-15").to.format("YYYY-MM-DD")).toBe("2026-12-31");
});

it("is reached by what counts within its period, by whom it is for", () => {
  const [target] = targetsOf([row("quarter", "2026-10-01")], named, "name", today);
  if (!target) throw new Error("no target");
  const lines = [
    { keys: ["u", "2026-10"], values: [5] },
    { keys: ["u", "2026-09"], values: [50] },
    { keys: ["v", "2026-11"], values: [500] },
    { keys: [null, "2026-11"], values: [1] },
    { keys: ["u", "2026-12"], values: [null] },
  ];
  expect(resultOf(target, lines, (key) => key === "u")).toBe(5);
  const only = { test: { field: "status", op: "ne" as const, value: "draft" } };
  const measure = { value: "signed", object: "contract", amount: "amount", on: "signed_on", only };
  expect(countedFor(measure, [target], undefined)).toEqual({
    all: [
      { test: { field: "signed_on", op: "ge", value: "2026-10-01" } },
      { test: { field: "signed_on", op: "le", value: "2026-12-31" } },
      only,
    ],
  });
});

it("reaches a department and all below", () => {
  const all = [{ id: "root" }, { id: "a", parent: "root" }, { id: "b", parent: "a" }, { id: "c", parent: "root" }];
  expect([...below("a", all)].sort()).toEqual(["a", "b"]);
});
