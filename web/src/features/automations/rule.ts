// A rule as the form holds it, and as the API does.

import type { AutomationForm, Condition } from "@/api/types";

export type Rule = AutomationForm;

export const TRIGGERS = ["created", "edited", "became", "due"] as const;
export type TriggerKind = (typeof TRIGGERS)[number];
export const EFFECTS = ["set", "task", "notify", "webhook"] as const;
export type EffectKind = (typeof EFFECTS)[number];
export const GIVEN = ["value", "today", "actor", "nothing"] as const;
export type GivenKind = (typeof GIVEN)[number];

export type Trigger = { kind: TriggerKind; fields?: string[]; field?: string; values?: string[]; days?: number };
export type To = { kind: GivenKind; value?: unknown; days?: number };
export type Who = { kind: string; id?: string };
export type Effect = {
  kind: EffectKind;
  field?: string;
  to?: To | string | Who[];
  text?: { zh: string; en: string };
  object?: string;
  title?: string;
  owner?: Who;
  due_in?: number;
};

/** One effect, all its parts beside each other. */
export type EffectFields = {
  kind: EffectKind;
  field?: string | null;
  given?: GivenKind;
  value?: unknown;
  days?: number | null;
  object?: string | null;
  title?: string;
  owner?: string;
  dueIn?: number | null;
  hook?: string | null;
  /** `owner`, `manager`, `user:…`, `role:…` */
  receivers?: string[];
  zh?: string;
  en?: string;
};

export type Fields = {
  name: string;
  zh: string;
  en: string;
  object: string | null;
  on: boolean;
  trigger: TriggerKind;
  fields: string[];
  field: string | null;
  values: string[];
  days: number | null;
  side: "before" | "after";
  only: Condition | null;
  effects: EffectFields[];
};

export const NEW_EFFECT: EffectFields = { kind: "task", object: "task", title: "", owner: "owner", dueIn: 3 };

const whoText = (who: Who | undefined) => (who?.kind === "user" ? `user:${who.id ?? ""}` : (who?.kind ?? "owner"));
const whoOf = (text: string | undefined): Who =>
  text?.startsWith("user:") ? { kind: "user", id: text.slice("user:".length) } : { kind: text ?? "owner" };

const receiverText = (who: Who) => (who.id === undefined ? who.kind : `${who.kind}:${who.id}`);
const receiverOf = (text: string): Who => {
  const at = text.indexOf(":");
  return at < 0 ? { kind: text } : { kind: text.slice(0, at), id: text.slice(at + 1) };
};

function effectFields(effect: Effect): EffectFields {
  switch (effect.kind) {
    case "set": {
      const to = effect.to as To;
      return { kind: "set", field: effect.field ?? null, given: to.kind, value: to.value ?? null, days: to.days ?? 0 };
    }
    case "task":
      return {
        kind: "task",
        object: effect.object ?? null,
        title: effect.title ?? "",
        owner: whoText(effect.owner),
        dueIn: effect.due_in ?? 0,
      };
    case "notify":
      return {
        kind: "notify",
        receivers: ((effect.to ?? []) as Who[]).map(receiverText),
        zh: effect.text?.zh ?? "",
        en: effect.text?.en ?? "",
      };
    case "webhook":
      return { kind: "webhook", hook: String(effect.to ?? "") };
  }
}

function effectOf(f: EffectFields): Effect {
  switch (f.kind) {
    case "set": {
      const given = f.given ?? "value";
      const to: To =
        given === "value"
          ? { kind: given, value: f.value ?? null }
          : given === "today"
            ? { kind: given, days: f.days ?? 0 }
            : { kind: given };
      return { kind: "set", field: f.field ?? "", to };
    }
    case "task":
      return {
        kind: "task",
        object: f.object ?? "",
        title: f.title?.trim() ?? "",
        owner: whoOf(f.owner),
        due_in: f.dueIn ?? 0,
      };
    case "notify":
      return {
        kind: "notify",
        to: (f.receivers ?? []).map(receiverOf),
        text: { zh: f.zh?.trim() ?? "", en: f.en?.trim() ?? "" },
      };
    case "webhook":
      return { kind: "webhook", to: f.hook ?? "" };
  }
}

export function fieldsOf(rule: Rule | undefined): Fields {
  const when = rule?.when as unknown as Trigger | undefined;
  const days = when?.days ?? 7;
  return {
    name: rule?.name ?? "",
    zh: rule?.label.zh ?? "",
    en: rule?.label.en ?? "",
    object: rule?.object ?? null,
    on: rule?.on ?? true,
    trigger: when?.kind ?? "became",
    fields: when?.fields ?? [],
    field: when?.field ?? null,
    values: when?.values ?? [],
    days: Math.abs(days),
    side: days < 0 ? "after" : "before",
    only: (rule?.only as Condition | null | undefined) ?? null,
    effects: rule ? (rule.then as unknown as Effect[]).map(effectFields) : [NEW_EFFECT],
  };
}

export function ruleOf(f: Fields): Rule {
  const when: Trigger =
    f.trigger === "edited"
      ? { kind: "edited", fields: f.fields ?? [] }
      : f.trigger === "became"
        ? { kind: "became", field: f.field ?? "", values: f.values ?? [] }
        : f.trigger === "due"
          ? { kind: "due", field: f.field ?? "", days: (f.side === "after" ? -1 : 1) * (f.days ?? 0) }
          : { kind: "created" };
  return {
    name: f.name,
    label: { zh: f.zh.trim(), en: f.en.trim() },
    object: f.object ?? "",
    on: f.on,
    when: when as never,
    only: (f.only ?? null) as never,
    // biome-ignore lint/suspicious/noThenProperty: the API's name; nothing awaits a rule
    then: f.effects.map(effectOf) as never,
  };
}
