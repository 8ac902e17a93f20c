// How answers are kept. Each look at customer data is recorded, so nothing is fetched again behind the person's back: no
// refetch on focus, none on reconnect. What a page shows is asked for when the page is opened.

import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 30_000,
      gcTime: 5 * 60_000,
      // Once more for what passes by itself; everything else is told at once.
      retry: (count, error) => count < 1 && asProblem(error).status === 503,
      // An offline browser fails at once and says so, instead of waiting with a spinner.
      networkMode: "always",
    },
    mutations: { networkMode: "always", retry: false },
  },
});
