// A rule in words.

import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useObjects, useObjectWords, useUserName } from "@/shared/directory";
import type { Effect, Rule, To, Trigger, Who } from "./rule";

export function useRuleWords() {
  const { t } = useTranslation("automations");
  const label = useLabel();
  const objects = useObjects();
  const words = useObjectWords();
  const person = useUserName();
  const { workspace } = useMe();
  const option = (object: string, field: string | undefined, value: unknown) => {
    const found = objects.find((o) => o.name === object)?.fields.find((f) => f.name === field);
    const named = found?.type?.options?.find((o) => o.value === value);
    return named ? label(named.label) : String(value ?? "");
  };
  const when = (rule: Rule): string => {
    const trigger = rule.when as unknown as Trigger;
    const field = trigger.field ? words.field(rule.object, trigger.field) : "";
    switch (trigger.kind) {
      case "created":
        return t("told.created");
      case "edited":
        return (trigger.fields ?? []).length > 0
          ? t("told.edited", { fields: (trigger.fields ?? []).map((f) => words.field(rule.object, f)).join("、") })
          : t("told.anyEdited");
      case "became":
        return t("told.became", {
          field,
          values: (trigger.values ?? []).map((v) => option(rule.object, trigger.field, v)).join("、"),
        });
      case "due": {
        const days = trigger.days ?? 0;
        return t(days < 0 ? "told.past" : "told.due", { field, days: Math.abs(days) });
      }
    }
  };
  const who = (owner: Effect["owner"]) => {
    if (owner?.kind === "user") return person(owner.id ?? "") ?? owner.id ?? "";
    const kinds = ["owner", "manager", "actor"] as const;
    return t(`who.${kinds.find((k) => k === owner?.kind) ?? "owner"}`);
  };
  const role = (name: string | undefined) => {
    const found = workspace.roles.find((r) => r.name === name);
    return found ? label(found.label) : (name ?? "");
  };
  const effect = (rule: Rule, one: Effect): string => {
    if (one.kind === "webhook") return t("told.webhook", { to: String(one.to ?? "") });
    if (one.kind === "task") {
      return t("told.task", { title: one.title ?? "", who: who(one.owner), days: one.due_in ?? 0 });
    }
    if (one.kind === "notify") {
      const receivers = ((one.to ?? []) as Who[]).map((w) => (w.kind === "role" ? role(w.id) : who(w)));
      return t("told.notify", { who: receivers.join("、"), text: one.text ? label(one.text) : "" });
    }
    const to = one.to as To;
    const value =
      to.kind === "value"
        ? option(rule.object, one.field, to.value)
        : to.kind === "today"
          ? t("told.today", { days: to.days ?? 0 })
          : t(`given.${to.kind}`);
    return t("told.set", { field: words.field(rule.object, one.field ?? ""), value });
  };
  return { when, effects: (rule: Rule) => (rule.then as unknown as Effect[]).map((e) => effect(rule, e)) };
}
