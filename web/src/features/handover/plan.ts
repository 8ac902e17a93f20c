// What the form says, as the API wants it.

import type { components } from "@/api/schema";

export type HandoverRequest = components["schemas"]["HandoverRequest"];
type Receiver = components["schemas"]["ReceiverForm"];

export type HandoverFields = {
  mode: "users" | "manager";
  users?: string[];
  /** By object: `same`, `users`, `manager` or `pool:<name>`. */
  rules?: Record<string, { to?: string; users?: string[] } | undefined>;
  shares: "end" | "keep";
  reports_to?: string | null;
  purpose?: string;
};

function receiver(to: string, users: string[] | undefined): Receiver {
  if (to === "manager") return { manager: true };
  if (to.startsWith("pool:")) return { pool: to.slice("pool:".length) };
  return { users: users ?? [] };
}

export function toRequest(fields: HandoverFields): HandoverRequest {
  const rules = Object.entries(fields.rules ?? {}).flatMap(([object, rule]) =>
    rule?.to === undefined || rule.to === "same" ? [] : [{ object, to: receiver(rule.to, rule.users) }],
  );
  const purpose = fields.purpose?.trim();
  return {
    others: receiver(fields.mode, fields.users),
    rules,
    shares: fields.shares,
    ...(fields.reports_to ? { reports_to: fields.reports_to } : {}),
    ...(purpose ? { purpose } : {}),
  };
}
