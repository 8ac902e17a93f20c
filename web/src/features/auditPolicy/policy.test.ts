import { expect, test } from "vitest";
import type { AuditPolicy } from "@/api/types";
import { differences, linesOf } from "./policy";

const shipped: AuditPolicy = {
  scope: {},
  frequency: { checkpoint_seconds: 1, verify_hours: 24, review_days: 7 },
  method: { fields: "names", question: "values" },
  retention: { days: null },
};

test("a difference is told once for each setting, and what says nothing is none", () => {
  expect(differences(shipped, { ...shipped, scope: { product: { kind: "full" } } })).toEqual([]);
  const next: AuditPolicy = {
    ...shipped,
    scope: { product: { kind: "sampled", one_in: 10 } },
    retention: { days: 365, longer: { exports: 1095 } },
  };
  expect(differences(shipped, next).map((d) => [d.line.key, d.from, d.to])).toEqual([
    ["scope.product", undefined, { kind: "sampled", one_in: 10 }],
    ["days", null, 365],
    ["longer.exports", undefined, 1095],
  ]);
  expect(differences(next, shipped)).toHaveLength(3);
  expect(linesOf(next).filter((line) => line.part === "scope")).toHaveLength(1);
});
