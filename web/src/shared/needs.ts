// Pages of a duty are not there for those who do not have it: nothing is asked, and nothing says that there was something.

import { notFound } from "@tanstack/react-router";
import type { RouterContext } from "@/app/root";

/** For a route's `beforeLoad`: one of these duties is enough. The server decides again whatever is shown. */
export const needs =
  (...anyOf: string[]) =>
  ({ context }: { context: RouterContext }): void => {
    if (!anyOf.some((duty) => context.workspace.duties.includes(duty))) throw notFound();
  };
