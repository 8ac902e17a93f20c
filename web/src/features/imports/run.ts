// A dry run: chunks of rows sent one after the other, each decided and recorded by itself, and nothing written. It can be stopped between
// two chunks.

import { api, data } from "@/api/client";
import { asProblem, type ProblemError } from "@/api/problem";
import type { ImportAnswer, ImportMapping } from "@/api/types";
import type { Read, RowProblem } from "./mapping";

/** Rows of one request, and of one event. */
const CHUNK = 500;

export type Totals = { created: number; changed: number; unchanged: number };
export type Run = Totals & {
  /** Rows that were sent. */
  sent: number;
  problems: RowProblem[];
  job: string | undefined;
  stopped: boolean;
  /** What ended it before its end. */
  broke?: ProblemError;
};

type Send = (part: Read["rows"], job: string | undefined) => Promise<ImportAnswer>;

/** Sends a chunk to be tried. */
export function sender(object: string, mapping: ImportMapping): Send {
  return async (part, job) =>
    (await data(
      api.POST("/api/v1/records/{object}/import", {
        params: { path: { object } },
        body: {
          source: mapping.source.trim(),
          ...(mapping.customer_source ? { customer_source: mapping.customer_source } : {}),
          ...(job ? { job } : {}),
          dry_run: true,
          first_row: 1,
          rows: part.map((r) => r.row),
        },
      }),
    )) as ImportAnswer;
}

/** The column that gave a field its value. */
function columnOf(pointer: string, mapping: ImportMapping): string {
  const field = pointer.replace(/^\/fields\//, "").replace(/^\//, "");
  if (field === "key") return mapping.key.join("+");
  if (field === "owner") return mapping.owner ?? "";
  const found = Object.entries(mapping.columns).find(([, name]) => name === field);
  return found?.[0] ?? (field === "pool" ? "" : (mapping.customer ?? field));
}

export async function runImport(
  read: Read,
  mapping: ImportMapping,
  send: Send,
  isStopped: () => boolean,
  onProgress: (run: Run) => void,
): Promise<Run> {
  const run: Run = {
    sent: 0,
    created: 0,
    changed: 0,
    unchanged: 0,
    problems: [...read.problems],
    job: undefined,
    stopped: false,
  };
  const add = (part: Read["rows"], answer: ImportAnswer) => {
    run.job = answer.job;
    run.created += answer.created;
    run.changed += answer.changed;
    run.unchanged += answer.unchanged;
    run.sent += part.length;
    for (const rejected of answer.rejected) {
      const number = part[rejected.row - 1]?.number ?? rejected.row;
      for (const error of rejected.errors) {
        const code = error.pointer === "/owner" ? "no_such_user" : error.code;
        // Rows are counted by request there: of "the same as row 3" only the code is told.
        const said = code === error.code && code !== "duplicate" && error.help ? { help: error.help } : {};
        run.problems.push({ row: number, column: columnOf(error.pointer, mapping), code, ...said });
      }
    }
  };
  // If somebody else takes a key or a unique value in the same moment, the chunk is refused as a whole: halves of it find the row.
  const part = async (rows: Read["rows"]): Promise<void> => {
    try {
      add(rows, await send(rows, run.job));
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code !== "taken") throw problem;
      const [only] = rows;
      if (rows.length === 1 && only) {
        run.sent += 1;
        run.problems.push({ row: only.number, column: "", code: "duplicate" });
        return;
      }
      const half = Math.ceil(rows.length / 2);
      await part(rows.slice(0, half));
      await part(rows.slice(half));
    }
  };
  try {
    for (let at = 0; at < read.rows.length; at += CHUNK) {
      if (isStopped()) {
        run.stopped = true;
        break;
      }
      await part(read.rows.slice(at, at + CHUNK));
      onProgress({ ...run });
    }
  } catch (error) {
    run.stopped = true;
    run.broke = asProblem(error);
  }
  run.problems.sort((a, b) => a.row - b.row);
  return run;
}

/** The rows that were not taken, as a file. Cells are not repeated in it: the person has the file itself. */
export function errorFile(
  problems: readonly RowProblem[],
  words: (code: string) => { zh: string; en: string },
): string {
  const safe = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const cell = (text: string) => `"${safe(text).replaceAll('"', '""')}"`;
  const lines = problems.map((p) => {
    const { zh, en } = p.help ?? words(p.code);
    return [String(p.row), p.column, p.code, zh, en].map(cell).join(",");
  });
  return `\ufeff${["row,column,code,原因,reason", ...lines].join("\r\n")}\r\n`;
}
