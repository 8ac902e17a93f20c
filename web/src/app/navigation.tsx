// What stands in the navigation, by what the person may do. A feature adds its entries here.

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Workspace } from "@/api/types";
import { useLabel } from "@/i18n";
import { ContactIcon, CustomerIcon, FollowUpIcon, HomeIcon, ObjectIcon, OpportunityIcon } from "@/shared/icons";
import { useMe } from "./session";

export type NavItem = {
  key: string;
  label: string;
  icon: ReactNode;
  /** The address it opens; it is current wherever the address begins so. */
  to: string;
  /** The letter after `g` that opens it. */
  letter?: string;
};
export type NavGroup = { key: string; label?: string; items: NavItem[] };

const ICONS: Record<string, ReactNode> = {
  customer: <CustomerIcon />,
  contact: <ContactIcon />,
  opportunity: <OpportunityIcon />,
  follow_up: <FollowUpIcon />,
};

/** The first letter of an object's name that no other has. */
function letters(workspace: Workspace): Map<string, string> {
  const taken = new Set(["h"]);
  const given = new Map<string, string>();
  for (const { name } of workspace.objects) {
    const letter = [...name.replaceAll("_", ""), ..."abcdefghijklmnopqrstuvwxyz"].find(
      (c) => /[a-z]/.test(c) && !taken.has(c),
    );
    if (letter !== undefined) {
      taken.add(letter);
      given.set(name, letter);
    }
  }
  return given;
}

export function useNavigation(): NavGroup[] {
  const { t } = useTranslation();
  const label = useLabel();
  const { workspace } = useMe();
  const letter = letters(workspace);
  const groups: NavGroup[] = [
    { key: "home", items: [{ key: "home", label: t("nav.home"), icon: <HomeIcon />, to: "/", letter: "h" }] },
    {
      key: "data",
      label: t("nav.data"),
      items: workspace.objects.map((object) => ({
        key: object.name,
        label: label(object.label),
        icon: ICONS[object.name] ?? <ObjectIcon />,
        to: `/records/${object.name}`,
        ...(letter.has(object.name) ? { letter: letter.get(object.name) as string } : {}),
      })),
    },
  ];
  return groups.filter((group) => group.items.length > 0);
}
