import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useRoleName } from "@/shared/directory";
import { useColleagues } from "@/shared/fields/people";
import { type Approver, textOf } from "./approvers";

/** The words of an approver, and who there is to choose from. */
export function useApprovers(): { name: (a: Approver) => string; options: { value: string; label: string }[] } {
  const { t } = useTranslation("requests");
  const role = useRoleName();
  const { workspace } = useMe();
  const { list, name: person } = useColleagues();
  return useMemo(() => {
    const name = (a: Approver): string => {
      const id = String(a.id ?? "");
      switch (a.kind) {
        case "manager":
          return t("flows.approver.manager", { level: id });
        case "owner":
          return t("flows.approver.owner");
        case "owner_line":
          return t("flows.approver.owner_line");
        case "role":
          return t("flows.approver.role", { name: role(id) });
        case "department_role":
          return t("flows.approver.department_role", { name: role(id) });
        default:
          return t("flows.approver.user", { name: person(id) ?? id });
      }
    };
    const all: Approver[] = [
      ...[1, 2, 3].map((level) => ({ kind: "manager", id: level })),
      { kind: "owner" },
      { kind: "owner_line" },
      ...workspace.roles.flatMap((r) => [
        { kind: "role", id: r.name },
        { kind: "department_role", id: r.name },
      ]),
      ...list.map((c) => ({ kind: "user", id: c.id })),
    ];
    return { name, options: all.map((a) => ({ value: textOf(a), label: name(a) })) };
  }, [t, role, workspace, list, person]);
}
