// What a person may make, one press from home.

import { useNavigate } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { PlusIcon } from "@/shared/icons";

export function NewMenu() {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const { workspace } = useMe();
  const mine = workspace.objects.filter((o) => o.process.dashboard === undefined && o.actions.includes("create"));
  if (mine.length === 0) return null;
  const open = (object: string) =>
    void navigate({ to: "/records/$object", params: { object }, search: { create: true } });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: mine.map((o) => ({ key: o.name, label: label(o.label) })),
        onClick: ({ key }) => open(key),
      }}
    >
      <Button type="primary" icon={<PlusIcon />}>
        {t("create")}
      </Button>
    </Dropdown>
  );
}
