// Approvers as texts to choose from (`role:finance`, `manager:1`, `owner`), and back.

import type { FlowForm } from "@/api/types";

export type Flow = FlowForm;
export type Step = FlowForm["steps"][number];
export type Approver = { kind: string; id?: string | number };

export function textOf(approver: Approver): string {
  return approver.id === undefined || approver.id === null ? approver.kind : `${approver.kind}:${approver.id}`;
}

export function approverOf(text: string): Approver {
  const at = text.indexOf(":");
  if (at < 0) return { kind: text };
  const kind = text.slice(0, at);
  const id = text.slice(at + 1);
  return { kind, id: kind === "manager" ? Number(id) : id };
}

/** What the form holds of a step. */
export type StepFields = { approvers: string[]; mode: "any" | "all"; hours: number | null };

export const fieldsOf = (step: Step): StepFields => ({
  approvers: (step.approvers as Approver[]).map(textOf),
  mode: step.mode === "all" ? "all" : "any",
  hours: step.hours ?? null,
});

export const stepOf = (fields: StepFields): Step => ({
  approvers: fields.approvers.map(approverOf) as Step["approvers"],
  mode: fields.mode,
  hours: fields.hours,
});
