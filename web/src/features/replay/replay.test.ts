import { expect, test } from "vitest";
import type { ReplayAnswer } from "@/api/types";
import { csvOf, daysSince, knownChange, knownWhy, untoldOf } from "./replay";

const counts = { refused: 3, masked: 0, hidden: 0, allowed: 0, shown: 0 };
const answer: ReplayAnswer = {
  base: 1,
  from: 0,
  until: 1,
  events: 9,
  decisions: 10,
  situations: 2,
  same: 5,
  differ: 3,
  counts,
  explained: 2,
  unexplained: 1,
  customers: 1,
  people: 1,
  untold: [
    { why: "record", accesses: 1 },
    { why: "dropped", accesses: 1 },
  ],
  by_user: [{ of: "u", name: '=HYPERLINK("x")', counts }],
  by_department: [],
  by_rule: [{ of: "sales_rep.own", name: "", counts }],
  by_action: [],
  examples: [
    {
      event: "e",
      at: 0,
      user: "u",
      action: "view",
      object: "customer",
      change: "refused",
      fields: [],
      rules: ["sales_rep.own", "share.read"],
      explained: true,
    },
  ],
  without_events: false,
};

test("a file has a line for all, each person and rule, what is untold, and each example", () => {
  const lines = csvOf(answer).split("\r\n");
  expect(lines[0]).toBe("\uFEFFkind,of,name,refused,masked,hidden,allowed,shown");
  expect(lines[1]).toBe("all,,,3,0,0,0,0");
  // A spreadsheet must not take a name for a formula.
  expect(lines[2]).toBe('user,u,"\'=HYPERLINK(""x"")",3,0,0,0,0');
  expect(lines).toContain("untold,record,,1");
  expect(lines).toContain("example,e,1970-01-01T00:00:00.000Z,refused,view,customer,,sales_rep.own share.read");
});

test("what a newer server says is told all the same", () => {
  expect(untoldOf(answer)).toBe(2);
  expect([knownWhy("tomorrow"), knownChange("tomorrow")]).toEqual(["unlike", "refused"]);
});

test("a replay since a moment goes back by whole days, and by one at least", () => {
  const day = 86_400_000;
  expect([0, 1, day, day + 1, 7 * day].map((since) => daysSince(1000, 1000 + since))).toEqual([1, 1, 1, 2, 7]);
  // The browser's clock may be behind the server's.
  expect(daysSince(5000, 1000)).toBe(1);
});
