// What is to be done about keys and copies, and by which command.

import type { BackupsAnswer, KeysAnswer } from "@/api/types";

export type Warning = { key: "oldKey" | "unfinished" | "oldBackup" | "withKeys" | "oldDrill"; command?: string };

export const DRILL = "whosaw restore FILE --drill --data DIR";
const DAY = 86_400_000;
export const daysSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / DAY));

export function keyWarnings(keys: KeysAnswer, now: number): Warning[] {
  const current = keys.versions.find((v) => v.version === keys.current);
  const command = "whosaw key rotate --data DIR";
  const unfinished = keys.versions.some((v) => v.version !== keys.current && v.customers + v.log + v.exports > 0);
  return [
    ...(unfinished ? [{ key: "unfinished", command } as const] : []),
    ...(current !== undefined && daysSince(current.created_at, now) > 365 ? [{ key: "oldKey", command } as const] : []),
  ];
}

export function backupWarnings(backups: BackupsAnswer, now: number): Warning[] {
  const last = backups.items[0];
  return [
    ...(last === undefined || daysSince(last.at, now) >= 7
      ? [{ key: "oldBackup", command: "whosaw backup --data DIR --out FILE" } as const]
      : []),
    ...(last?.with_keys ? [{ key: "withKeys" } as const] : []),
    ...(backups.drill_at === null || daysSince(backups.drill_at, now) > 182 || (backups.drill?.failed.length ?? 0) > 0
      ? [{ key: "oldDrill", command: DRILL } as const]
      : []),
  ];
}
