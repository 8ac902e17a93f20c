// Pages of a duty are not there for those who do not have it: nothing is asked, and nothing says that there was something.

import { notFound } from "@tanstack/react-router";
import type { RouterContext } from "@/app/root";

/** For a route's `beforeLoad`. The server decides again whatever is shown. */
export const needs =
  (duty: string) =>
  ({ context }: { context: RouterContext }): void => {
    if (!context.workspace.duties.includes(duty)) throw notFound();
  };
