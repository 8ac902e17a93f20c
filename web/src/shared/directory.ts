// Who works here, what there is and which rules hold, for those who administer or audit. Asked for once; each asking is
// recorded like any other.

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { Account, ObjectDefinition, PolicyVersion } from "@/api/types";
import { useDuty, useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { useColleagues } from "./fields/people";
import type { FilterField } from "./filter/FilterBuilder";

const KEPT_MS = 10 * 60_000;

/** All accounts, disabled ones too; empty for those who may not read the directory. */
export function useAccounts() {
  const may = useDuty("directory.read");
  return useQuery({
    queryKey: ["accounts"],
    enabled: may,
    staleTime: KEPT_MS,
    queryFn: () => data(api.GET("/api/v1/admin/users")),
  });
}

/** The name of an account, whether active or not. */
export function useUserName(): (id: string) => string | undefined {
  const accounts = useAccounts().data?.items;
  const { name } = useColleagues();
  const names = useMemo(() => new Map((accounts ?? []).map((u) => [u.id, u.name])), [accounts]);
  return useCallback((id) => names.get(id) ?? name(id), [names, name]);
}

/** Accounts to choose from: `name (login)`. */
export function useAccountOptions(): { value: string; label: string }[] {
  const accounts = useAccounts().data?.items;
  const { list } = useColleagues();
  return useMemo(
    () =>
      accounts
        ? accounts.map((u: Account) => ({ value: u.id, label: `${u.name} (${u.login})` }))
        : list.map((c) => ({ value: c.id, label: c.name })),
    [accounts, list],
  );
}

/** Fields that conditions may test: what is kept in the clear. */
export function openFields(object: ObjectDefinition | undefined): FilterField[] {
  // A field of several options of before columns held them has none, and cannot be tested.
  const whole = (f: ObjectDefinition["fields"][number]) =>
    f.type.kind === "long_text" || (f.type.kind === "multi_choice" && !("slot" in f && f.slot));
  const open = (object?.fields ?? []).filter((f) => f.class === "open" || f.class === "internal");
  return open.filter((f) => !whole(f));
}

/** Object types, with all their fields. */
export function useObjects(): ObjectDefinition[] {
  const may = useDuty("directory.read");
  const { workspace } = useMe();
  const query = useQuery({
    queryKey: ["objects"],
    enabled: may,
    staleTime: KEPT_MS,
    queryFn: () => data(api.GET("/api/v1/admin/objects")),
  });
  return useMemo(() => {
    if (!query.data) return workspace.objects;
    return query.data.items.map((item) => item.object as unknown as ObjectDefinition);
  }, [query.data, workspace]);
}

/** Names of object types and fields in the language chosen; one that is not known stands as it is. */
export function useObjectWords(): {
  object: (name: string) => string;
  field: (object: string, name: string) => string;
} {
  const { t } = useTranslation("attachments");
  const objects = useObjects();
  const label = useLabel();
  return useMemo(() => {
    const find = (name: string) => objects.find((o) => o.name === name);
    return {
      object: (name) => {
        const found = find(name);
        return found ? label(found.label) : name;
      },
      field: (object, name) => {
        const found = find(object)?.fields.find((f) => f.name === name);
        if (found) return label(found.label);
        // Not a field: the files of a record.
        return name === "attachments" ? t("tab") : name;
      },
    };
  }, [objects, label, t]);
}

/** The policy in force. */
export function usePolicy() {
  const may = useDuty("directory.read");
  return useQuery({
    queryKey: ["policy"],
    enabled: may,
    staleTime: KEPT_MS,
    queryFn: async () => (await data(api.GET("/api/v1/admin/policy"))) as unknown as PolicyVersion,
  });
}

/** What a rule is called. Rules of shares are always there and stand in no policy. */
export function useRuleTitle(): (rule: string) => string | undefined {
  const { t } = useTranslation("terms");
  const label = useLabel();
  const policy = usePolicy().data;
  return useMemo(() => {
    const titles = new Map((policy?.policy.rows ?? []).map((row) => [row.id, label(row.title)]));
    return (rule) => {
      if (rule.startsWith("share.")) return t("share");
      return titles.get(rule);
    };
  }, [policy, label, t]);
}

/** A role's name. */
export function useRoleName(): (role: string) => string {
  const { workspace } = useMe();
  const label = useLabel();
  return useCallback(
    (role) => {
      const found = workspace.roles.find((r) => r.name === role);
      return found ? label(found.label) : role;
    },
    [workspace, label],
  );
}
