// An act on records that were ticked, one by one: each is decided and recorded by itself, and what was not done is told with its
// reason. What is done to all that a question finds is a job of the server's (features/jobs).

import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { ObjectForm, RecordView } from "@/api/types";

/** Acts under way at once. */
const WORKERS = 3;
/** So many in a row for a reason of the server's own end the run: the next would fail as well. */
const ENOUGH = 10;
const PAGE = 200;

export type Target = { id: string; version: number; title: string | undefined };
export type Failure = { target: Target; problem: ProblemError };
export type Report = {
  done: number;
  failed: Failure[];
  /** Ended before all were tried, by the person or by what went wrong. */
  stopped: boolean;
  /** What ended it. */
  broke?: ProblemError;
};

export const targetOf = (object: ObjectForm, row: RecordView): Target => {
  const title = object.title_field ? row.fields[object.title_field] : undefined;
  return { id: row.id, version: row.version, title: typeof title === "string" ? title : undefined };
};

const own = (problem: ProblemError) => problem.status >= 500 || problem.status === 429;

/** Carries out an act on each target, in chunks as they come. */
export async function runBulk(
  chunks: AsyncIterable<Target[]>,
  act: (target: Target) => Promise<unknown>,
  isStopped: () => boolean,
  onProgress: (tried: number) => void,
): Promise<Report> {
  const report: Report = { done: 0, failed: [], stopped: false };
  let inRow = 0;
  const ended = () => isStopped() || inRow >= ENOUGH;
  const one = async (target: Target) => {
    try {
      await act(target);
      report.done += 1;
      inRow = 0;
    } catch (error) {
      const problem = asProblem(error);
      report.failed.push({ target, problem });
      inRow = own(problem) ? inRow + 1 : 0;
      if (inRow >= ENOUGH) report.broke = problem;
    }
    onProgress(report.done + report.failed.length);
  };
  try {
    for await (const chunk of chunks) {
      const left = [...chunk];
      const worker = async () => {
        for (let next = left.shift(); next !== undefined && !ended(); next = left.shift()) await one(next);
      };
      await Promise.all(Array.from({ length: WORKERS }, worker));
      if (ended()) {
        report.stopped = true;
        break;
      }
    }
  } catch (error) {
    // The next chunk could not be read.
    report.stopped = true;
    report.broke = asProblem(error);
  }
  return report;
}

export async function* these(targets: Target[]): AsyncGenerator<Target[]> {
  yield targets;
}

/** The targets as they are now, to be tried again. One that is not shown any more fails by its old version. */
export async function* again(object: ObjectForm, targets: Target[]): AsyncGenerator<Target[]> {
  for (let at = 0; at < targets.length; at += PAGE) {
    const part = targets.slice(at, at + PAGE);
    const found = await data(
      api.POST("/api/v1/records/{object}/lookup", {
        params: { path: { object: object.name } },
        body: { ids: part.map((t) => t.id), ...(object.title_field ? { fields: [object.title_field] } : {}) },
      }),
    );
    const now = new Map(found.items.map((row) => [row.id, targetOf(object, row)]));
    yield part.map((t) => now.get(t.id) ?? t);
  }
}
