import { expect, test } from "vitest";
import { ProblemError } from "@/api/problem";
import { runBulk, type Target, these } from "./bulk";

const targets = (n: number): Target[] =>
  Array.from({ length: n }, (_, at) => ({ id: String(at), version: 1, title: undefined }));
const failing = (status: number) =>
  new ProblemError({ status, code: "c", help: { zh: "", en: "" }, title: "t", errors: [], rules: [] } as never);

async function* chunks(all: Target[], size: number) {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

test("one that fails harms no other, and is told", async () => {
  const report = await runBulk(
    chunks(targets(25), 10),
    async (t) => {
      if (t.id === "7") throw failing(403);
    },
    () => false,
    () => undefined,
  );
  expect(report).toMatchObject({ done: 24, stopped: false });
  expect(report.failed.map((f) => f.target.id)).toEqual(["7"]);
});

test("it can be stopped between two records", async () => {
  let tried = 0;
  const report = await runBulk(
    these(targets(50)),
    async () => {
      tried += 1;
    },
    () => tried >= 5,
    () => undefined,
  );
  expect(report.stopped).toBe(true);
  expect(report.done).toBeLessThan(10);
});

test("a server that does not answer ends the run, refusals do not", async () => {
  const broken = await runBulk(
    these(targets(100)),
    () => Promise.reject(failing(503)),
    () => false,
    () => undefined,
  );
  expect(broken.stopped).toBe(true);
  expect(broken.broke?.status).toBe(503);
  expect(broken.failed.length).toBeLessThan(20);
  const refused = await runBulk(
    these(targets(40)),
    () => Promise.reject(failing(403)),
    () => false,
    () => undefined,
  );
  expect([refused.stopped, refused.failed.length]).toEqual([false, 40]);
});
