// The published log: its key and its newest checkpoint. Both are public and hold no personal data.

import { useQuery } from "@tanstack/react-query";
import { send401 } from "@/api/client";
import { problemOf } from "@/api/problem";

async function text(path: string): Promise<string> {
  const response = await send401(new Request(path));
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

/** A file of the published log; nothing where there is none. */
export async function readLedgerFile(path: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const response = await send401(new Request(`/ledger/${path}`, { signal }));
  if (response.status === 404) return undefined;
  if (!response.ok) throw await problemOf(response);
  return new Uint8Array(await response.arrayBuffer());
}

export function useVerifierKey() {
  return useQuery({
    queryKey: ["ledger", "key"],
    queryFn: async () => (await text("/ledger/log.vkey")).trim(),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

export function useCheckpoint() {
  return useQuery({ queryKey: ["ledger", "checkpoint"], queryFn: () => text("/ledger/checkpoint"), staleTime: 0 });
}
