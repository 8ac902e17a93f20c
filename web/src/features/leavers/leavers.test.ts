import { expect, test } from "vitest";
import { type Figure, type LookBack, toLog } from "./leavers";

const look: LookBack = {
  days: 30,
  earlier_from: 1,
  before_from: 2,
  notice_at: 3,
  until: 4,
  peers: 3,
  company_wide: false,
  lines: [],
};
const figure = (question: Figure["question"]): Figure => ({
  figure: "unexplained",
  earlier: 0,
  before: 1,
  since: 2,
  peers_before: null,
  peers_since: null,
  loud: false,
  question,
});

test("a number's events are asked for by the span it was counted in", () => {
  const asked = { actions: ["view", "list"], decision: "allowed", channel: null, explained: false };
  const common = { users: ["u"], actions: ["view", "list"], decisions: ["allowed"], explained: "no", foreign: "no" };
  expect(toLog(look, figure(asked), "earlier", "u")).toEqual({ ...common, from: 1, to: 2 });
  expect(toLog(look, figure(asked), "before", "u")).toEqual({ ...common, from: 2, to: 3 });
  expect(toLog(look, figure(asked), "since", "u")).toEqual({ ...common, from: 3, to: 4 });
});

test("what is no figure of events opens no log", () => {
  expect(toLog(look, figure(null), "since", "u")).toBeUndefined();
});
