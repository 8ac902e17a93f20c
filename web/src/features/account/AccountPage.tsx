import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Descriptions, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { PasswordForm } from "@/features/session/PasswordForm";
import { useLabel } from "@/i18n";
import { useDepartmentName } from "@/shared/fields/people";
import { PageTabs } from "@/shared/PageTabs";
import { SessionsTab } from "./SessionsTab";
import { TotpTab } from "./TotpTab";

export function AccountPage() {
  const { t } = useTranslation("account");
  const { message } = App.useApp();
  const { tab } = useSearch({ from: "/account" });
  const navigate = useNavigate();
  return (
    <div className="page">
      <h1>{t("title")}</h1>
      <PageTabs
        label={t("title")}
        active={tab ?? "profile"}
        onChange={(key) => void navigate({ to: "/account", search: { tab: key as "profile" }, replace: true })}
        tabs={[
          { key: "profile", label: t("profile"), children: <Profile /> },
          {
            key: "password",
            label: t("password"),
            children: (
              <div style={{ maxWidth: 420 }}>
                <Typography.Paragraph type="secondary">{t("passwordNote")}</Typography.Paragraph>
                <PasswordForm onDone={() => void message.success(t("passwordChanged"))} />
              </div>
            ),
          },
          { key: "totp", label: t("totp"), children: <TotpTab /> },
          { key: "sessions", label: t("sessions"), children: <SessionsTab /> },
        ]}
      />
    </div>
  );
}

function Profile() {
  const { t } = useTranslation("account");
  const label = useLabel();
  const { me, workspace } = useMe();
  const department = useDepartmentName();
  const roles = workspace.roles.filter((r) => me.user.roles.includes(r.name));
  return (
    <Descriptions
      column={1}
      items={[
        { key: "name", label: t("name"), children: me.user.name },
        { key: "login", label: t("login"), children: me.user.login },
        { key: "department", label: t("department"), children: department(me.user.department) ?? "—" },
        {
          key: "roles",
          label: t("roles"),
          children: roles.length > 0 ? roles.map((r) => <Tag key={r.name}>{label(r.label)}</Tag>) : t("noRoles"),
        },
      ]}
    />
  );
}
