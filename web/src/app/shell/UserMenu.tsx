import { useNavigate } from "@tanstack/react-router";
import { App, Button, Dropdown, Grid } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import {
  DeviceIcon,
  HelpIcon,
  MoonIcon,
  PasswordIcon,
  SafetyIcon,
  SignOutIcon,
  SunIcon,
  SystemIcon,
  ThemeIcon,
  UserIcon,
} from "@/shared/icons";
import { type ThemeChoice, useThemeChoice } from "@/theme/ThemeProvider";
import { useMe, useSession } from "../session";

export function ThemeButton() {
  const { t } = useTranslation();
  const { choice, choose } = useThemeChoice();
  const icons: Record<ThemeChoice, React.ReactNode> = {
    light: <SunIcon />,
    dark: <MoonIcon />,
    system: <SystemIcon />,
  };
  const items = (["light", "dark", "system"] as const).map((key) => ({
    key,
    label: t(`theme.${key}`),
    icon: icons[key],
  }));
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, selectable: true, selectedKeys: [choice], onClick: ({ key }) => choose(key as ThemeChoice) }}
    >
      <Button type="text" icon={<ThemeIcon />} aria-label={t("theme.label")} />
    </Dropdown>
  );
}

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const { me } = useMe();
  const { signOut } = useSession();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const label = useLabel();
  const wide = Grid.useBreakpoint().md ?? true;
  const go = (tab: "profile" | "password" | "totp" | "sessions") => void navigate({ to: "/account", search: { tab } });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "profile", label: t("user.account"), icon: <UserIcon />, onClick: () => go("profile") },
          { key: "password", label: t("user.password"), icon: <PasswordIcon />, onClick: () => go("password") },
          { key: "totp", label: t("user.totp"), icon: <SafetyIcon />, onClick: () => go("totp") },
          { key: "sessions", label: t("user.sessions"), icon: <DeviceIcon />, onClick: () => go("sessions") },
          { type: "divider" },
          { key: "keys", label: t("keys.title"), icon: <HelpIcon />, onClick: onHelp },
          { type: "divider" },
          {
            key: "out",
            label: t("user.signOut"),
            icon: <SignOutIcon />,
            onClick: () => signOut().catch((error: unknown) => void message.error(label(asProblem(error).help))),
          },
        ],
      }}
    >
      <Button type="text" icon={<UserIcon />} aria-label={`${t("user.menu")} ${me.user.name}`}>
        {wide && me.user.name}
      </Button>
    </Dropdown>
  );
}
