import { expect, test } from "vitest";
import { problemOf } from "./problem";

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  new Response(body, { status, headers });

test("a problem document is told as it is, with the request it belongs to", async () => {
  const body = {
    type: "urn:whosaw:problem:invalid_values",
    title: "invalid values",
    status: 422,
    code: "invalid_values",
    help: { zh: "请更正。", en: "Correct it." },
    trace_id: "t1",
    errors: [{ pointer: "/fields/phone", code: "invalid_value", reason: "expected a phone number" }],
  };
  const problem = await problemOf(answer(422, JSON.stringify(body)));
  expect([problem.code, problem.traceId, problem.forField("phone")?.reason]).toEqual([
    "invalid_values",
    "t1",
    "expected a phone number",
  ]);
  expect(problem.forField("email")).toBeUndefined();
});

test("an answer that is no problem document is told all the same", async () => {
  for (const body of ["<html>502</html>", "", "{}", "null"]) {
    const problem = await problemOf(answer(502, body, { "x-request-id": "r9", "retry-after": "5" }));
    expect([problem.code, problem.status, problem.traceId, problem.retryAfter]).toEqual([
      "unexpected_answer",
      502,
      "r9",
      5,
    ]);
    expect(problem.help.zh).not.toBe("");
    expect(problem.retryable).toBe(true);
  }
});
