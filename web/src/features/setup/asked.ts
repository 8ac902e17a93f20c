// The way to a server that has no company yet. It knows one secret, that of the link; the API's document does not name it.

import { ProblemError, problemOf } from "@/api/problem";
import type { Calendar } from "@/features/settings/calendar";
import type { Language } from "@/i18n";

export type Administrator = { login: string; name: string };
export type Department = { name: string; parent: number | null };
export type Security = "tls" | "starttls" | "none";
export type Mail = {
  host: string;
  port: number;
  security: Security;
  account: string | null;
  from: string;
  domains: string[];
};
export type Draft = {
  company: string | null;
  /** In which it is set up: the company's from then on. */
  language: Language | null;
  calendar: Calendar | null;
  administrators: Administrator[] | null;
  departments: Department[];
  mail: Mail | null;
};
export type Founded = {
  accounts: { login: string; name: string; duty: string; password: string }[];
  log_key: string;
};

const KEPT = "whosaw.setup";

/** The secret of the link that was opened. It does not stay in the address. */
export function secret(): string | undefined {
  const opened = window.location.hash.slice(1);
  if (/^[0-9a-f]{64}$/.test(opened)) {
    sessionStorage.setItem(KEPT, opened);
    window.history.replaceState(null, "", "/setup");
  }
  return sessionStorage.getItem(KEPT) ?? undefined;
}

export const forget = (): void => sessionStorage.removeItem(KEPT);

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { "x-setup-token": secret() ?? "" };
  if (body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch {
    throw ProblemError.offline();
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

export const readDraft = () => ask<Draft>("GET", "/api/v1/setup");
export const keepDraft = (draft: Draft) => ask<Draft>("PUT", "/api/v1/setup/draft", draft);
export const found = (mailPassword: string) =>
  ask<Founded>("POST", "/api/v1/setup", mailPassword ? { mail_password: mailPassword } : {});
