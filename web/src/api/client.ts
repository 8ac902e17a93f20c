// The one way to the server. Every error is a `ProblemError`; a request that meets an ended session waits until the person
// has signed in again and is then sent once more, so that no page and no form is lost.

import createClient, { type Middleware } from "openapi-fetch";
import { ProblemError, problemOf } from "./problem";
import type { paths } from "./schema";

type AskAgain = () => Promise<void>;
let askAgain: AskAgain | undefined;

/** Says what is done when a session has ended under a page: resolves when somebody has signed in again. */
export function onSessionEnd(ask: AskAgain | undefined): void {
  askAgain = ask;
}

type AskPurpose = () => Promise<string | undefined>;
let askPurpose: AskPurpose | undefined;

/** Says what is done when a look needs a purpose: resolves with it, or with nothing when the person would rather not look. */
export function onPurposeNeeded(ask: AskPurpose | undefined): void {
  askPurpose = ask;
}

/** A page asks for a record and for what stands beside it: one purpose serves them all, for a while. */
const PURPOSE_MS = 10 * 60_000;
const purposes = new Map<string, { said: Promise<string | undefined>; until: number }>();

/** The record an address is about. */
const recordOf = (url: string): string => /\/records\/[^/?]+\/[^/?]+/.exec(url)?.[0] ?? url;

function purposeFor(record: string, ask: AskPurpose): Promise<string | undefined> {
  const have = purposes.get(record);
  if (have !== undefined && have.until > Date.now()) return have.said;
  const said = ask();
  purposes.set(record, { said, until: Date.now() + PURPOSE_MS });
  // Who would rather not look now is asked anew the next time.
  void said.then((purpose) => purpose === undefined && purposes.delete(record));
  return said;
}

/** A look that nothing explains is asked for once more with what it is for. */
async function withPurpose(again: Request, response: Response): Promise<Response> {
  if (response.status !== 403 || askPurpose === undefined) return response;
  const problem = await problemOf(response.clone());
  if (problem.code !== "purpose_required") return response;
  const purpose = await purposeFor(recordOf(again.url), askPurpose);
  if (purpose === undefined) return response;
  const headers = new Headers(again.headers);
  headers.set("X-Purpose", encodeURIComponent(purpose));
  return send(new Request(again, { headers }));
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw ProblemError.offline();
  }
}

/** Sends a request, and a second time after the session was renewed. */
export async function send401(request: Request): Promise<Response> {
  const [again, explained] = [request.clone(), request.clone()];
  const response = await send(request);
  if (response.status === 403) return withPurpose(explained, response);
  if (response.status !== 401 || askAgain === undefined) return response;
  const problem = await problemOf(response.clone());
  if (problem.code !== "unauthenticated") return response;
  await askAgain();
  return send(again);
}

const throwProblems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
    return response;
  },
};

export const api = createClient<paths>({ fetch: send401 });
api.use(throwProblems);

/** The data of an answer. An error was thrown before. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
