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
  const again = request.clone();
  const response = await send(request);
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
